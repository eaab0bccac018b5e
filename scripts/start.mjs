// `npm start`: the studio in Electron where its program and a display are there, else in the browser.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { onRightNode, passSignals } from './right-node.mjs'

if (onRightNode(import.meta.filename)) await main(process.argv.slice(2))

async function main(args) {
  const { ensureBuilt, project } = await import('./built.mjs')
  const { chooseHost } = await import('./choose-host.mjs')
  const root = fileURLToPath(project)
  ensureBuilt()
  const choice = chooseHost({ args, env: process.env, platform: process.platform, root })
  const rest = args.filter((arg) => arg !== '--web' && arg !== '--electron')
  if (choice.host === 'electron') {
    if (!choice.binary)
      return fail("Electron's own program is not installed. Run `npx install-electron`, or leave out --electron.")
    const died = await electron(choice.binary, root, rest)
    if (died === null) return
    if (args.includes('--electron')) return fail(`Electron stopped before it was ready: ${died}`)
    choice.reason = `Electron stopped before it was ready (${died})`
  }
  console.log(`Opening the studio in the browser: ${choice.reason}.`)
  await serve(root, rest)
}

function fail(sentence) {
  console.error(sentence)
  process.exitCode = 1
}

/** @returns null once the window said it was ready and was closed again, else the first line of what Electron complained of */
function electron(binary, root, rest) {
  return new Promise((resolve) => {
    const child = spawn(binary, [root, '--tour', ...rest], { stdio: ['ignore', 'pipe', 'pipe'] })
    passSignals(child)
    let ready = false
    let complaint = ''
    child.stdout.on('data', (text) => (ready ||= String(text).includes('READY')))
    child.stderr.on('data', (text) => (complaint ||= String(text).split('\n')[0]))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => {
      process.exitCode = ready ? (code ?? 0) : 0
      resolve(ready || code === 0 ? null : complaint || `exit code ${code}`)
    })
  })
}

/** In this very process: each one between launcher and server is one more that can be left behind. */
async function serve(root, rest) {
  process.chdir(root)
  process.argv = [process.argv[0], join(root, 'bin', 'whynot.mjs'), 'serve', '--tour', ...rest]
  await import(pathToFileURL(join(root, 'out', 'main', 'terminal.js')).href)
}
