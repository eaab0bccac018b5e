// `npm test`: the checks, a build, the engine, then every test. `npm test -- -t word` hands its words to Vitest.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { onRightNode } from './right-node.mjs'

if (onRightNode(import.meta.filename)) process.exitCode = await main(process.argv.slice(2))

async function main(words) {
  const { ensureBuilt } = await import('./built.mjs')
  const { step, tool } = await import('./steps.mjs')
  const { checks } = await import('./checks.mjs')
  const { keepCompiled } = await import('./keep-compiled.mjs')
  keepCompiled()
  const checked = words.length > 0 || (await checks())
  ensureBuilt()
  await step('engine', ['bin/whynot.mjs', 'engine'], { loud: true })
  const report = join(tmpdir(), `whynot-tests-${process.pid}.json`)
  const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words]
  const passed = await step('tests', [tool('vitest/vitest.mjs'), ...vitest], { loud: true })
  console.log(summary(report))
  return checked && passed ? 0 : 1
}

/** How many tests passed, what failed and why, and which files took longest: a suite grows slow one file at a time. */
function summary(report) {
  if (!existsSync(report)) return 'No test ran.'
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(report)
  const files = testResults
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 12)
    .map(({ name, seconds }) => `  ${seconds.toFixed(1).padStart(6)} s  ${relative(process.cwd(), name)}`)
  const counts = `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(process.cwd(), name) })),
  )
  const failed = tests.filter(({ status }) => status === 'failed')
  const twice = tests.filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
  return [
    counts,
    ...['slowest files:', ...files],
    ...failed.flatMap((test) => said('failed', test)),
    ...twice.flatMap((test) => said('failed, and passed when it was run again', test)),
  ].join('\n')
}

/** A test's name and the beginning of what it said: the end of a long log is what people see of it. */
function said(how, { file, fullName, failureMessages }) {
  const lines = failureMessages.flatMap((message) => stripVTControlCharacters(message).split('\n')).slice(0, 20)
  return [`${how}: ${file}: ${fullName}`, ...lines.map((line) => `    ${line}`)]
}
