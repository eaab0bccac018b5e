import { onRightNode } from './right-node.mjs'

if (onRightNode(import.meta.filename)) {
  const { build } = await import('./built.mjs')
  build()
}
