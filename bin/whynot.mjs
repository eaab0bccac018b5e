#!/usr/bin/env node
import { onRightNode } from '../scripts/right-node.mjs'

if (onRightNode(import.meta.filename)) {
  const { ensureBuilt, project } = await import('../scripts/built.mjs')
  ensureBuilt()
  const { keepCompiled } = await import('../scripts/keep-compiled.mjs')
  keepCompiled()
  await import(new URL('out/main/terminal.js', project).href)
}
