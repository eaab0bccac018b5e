// `npm test`: the checks, a build, the engine, then every test. `npm test -- -t word` hands its words to Vitest.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onRightNode } from './right-node.mjs'

if (onRightNode(import.meta.filename)) process.exitCode = await main(process.argv.slice(2))

async function main(words) {
  const { ensureBuilt } = await import('./built.mjs')
  const { step, tool } = await import('./steps.mjs')
  const { checks } = await import('./checks.mjs')
  const checked = words.length > 0 || (await checks())
  ensureBuilt()
  await step('engine', ['bin/whynot.mjs', 'engine'], { loud: true })
  const report = join(tmpdir(), `whynot-tests-${process.pid}.json`)
  const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words]
  const passed = await step('tests', [tool('vitest/vitest.mjs'), ...vitest], { loud: true })
  console.log(counts(report))
  return checked && passed ? 0 : 1
}

function counts(report) {
  if (!existsSync(report)) return 'No test ran.'
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(report)
  return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`
}
