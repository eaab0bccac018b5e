// `npm run slow`: tests that take minutes. `npm run slow -- doors` runs those with this word in their path.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { project } from './built.mjs'
import { onRightNode } from './right-node.mjs'

/** The tester of APIs as it was when its findings were last looked at. */
const schemathesis = 'schemathesis==4.32.5'

if (onRightNode(import.meta.filename)) process.exitCode = await main(process.argv.slice(2))

async function main(args) {
  const { step, tool } = await import('./steps.mjs')
  if (args.length === 0 || args.includes('api')) bringSchemathesis()
  const words = ['run', '--config', 'test/slow/vitest.config.mjs', ...args]
  return (await step('slow tests', [tool('vitest/vitest.mjs'), ...words], { loud: true })) ? 0 : 1
}

/** Installs it into a folder of the project's own, where there is none; without Python the test says that it is skipped. */
function bringSchemathesis() {
  if (process.env.WHYNOT_SCHEMATHESIS || runs('schemathesis', ['--version'])) return
  const folder = fileURLToPath(new URL('node_modules/.cache/schemathesis', project))
  const program = `${folder}/bin/schemathesis`
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder, schemathesis]
  if (!existsSync(program) && !runs('python3', install)) return
  process.env.WHYNOT_SCHEMATHESIS = program
  process.env.PYTHONPATH = folder
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
