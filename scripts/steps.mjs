import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { project } from './built.mjs'

const root = fileURLToPath(project)

/** Path of a tool's own script, run with this Node so that no shell and no PATH decides which version runs. */
export function tool(path) {
  return join(root, 'node_modules', path)
}

/**
 * Runs one step and prints how long it took; what it says is shown only when it fails, unless `loud`.
 * @returns whether it passed
 */
export async function step(name, args, { loud = false, env = {} } = {}) {
  const started = Date.now()
  if (loud) console.log(`== ${name}`)
  const { code, said } = await run(args, loud, env)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  if (code !== 0 && !loud) console.log(said)
  return code === 0
}

function run(args, loud, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
      stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
    })
    let said = ''
    child.stdout?.on('data', (text) => (said += text))
    child.stderr?.on('data', (text) => (said += text))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}
