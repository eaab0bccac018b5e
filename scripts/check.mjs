import { onRightNode } from './right-node.mjs'

if (onRightNode(import.meta.filename)) {
  const { checks } = await import('./checks.mjs')
  process.exitCode = (await checks()) ? 0 : 1
}
