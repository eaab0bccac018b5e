import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's own folder, as a file: address. */
export const project = new URL('../', import.meta.url)
const root = fileURLToPath(project)

/** Newest change below `path`, in ms since 1970; 0 where there is nothing. */
function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Builds out/ when it is missing or older than what it is made from. */
export function ensureBuilt({ quiet = true } = {}) {
  const sources = ['src', 'resources', 'electron.vite.config.ts', 'package.json'].map((name) =>
    newest(join(root, name)),
  )
  const built = join(root, 'out', '.built')
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources)) return
  build({ quiet })
}

/** Builds out/ with electron-vite, on the Node that runs this. Throws the build's own output on failure. */
export function build({ quiet = false } = {}) {
  if (quiet && process.stderr.isTTY) process.stderr.write('Building the studio (once after each change) ...\n')
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const run = spawnSync(process.execPath, [cli, 'build'], {
    cwd: root,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`The build failed.\n${run.stdout ?? ''}${run.stderr ?? ''}`)
  writeFileSync(join(root, 'out', '.built'), '')
}
