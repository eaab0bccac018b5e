// `npm run slow`: tests that take minutes. `npm run slow -- doors` runs those with this word in their path.
import { onRightNode } from './right-node.mjs'

if (onRightNode(import.meta.filename)) {
  const { step, tool } = await import('./steps.mjs')
  const words = ['run', '--config', 'test/slow/vitest.config.mjs', ...process.argv.slice(2)]
  process.exitCode = (await step('slow tests', [tool('vitest/vitest.mjs'), ...words], { loud: true })) ? 0 : 1
}
