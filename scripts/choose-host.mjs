import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const executables = { linux: 'electron', win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/**
 * Which window opens, and why, from files and the environment alone (requiring `electron` without its binary would try
 * to download it).
 * @returns {{ host: 'electron' | 'browser', binary?: string, reason: string }}
 */
export function chooseHost({ args, env, platform, root }) {
  if (args.includes('--web')) return { host: 'browser', reason: 'asked for with --web' }
  const found = electronBinary({ env, platform, root })
  if (args.includes('--electron'))
    return { host: 'electron', binary: found.binary, reason: 'asked for with --electron' }
  if (!found.binary) return { host: 'browser', reason: found.reason }
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { host: 'browser', reason: 'this machine has no display' }
  return { host: 'electron', binary: found.binary, reason: 'Electron and a display are here' }
}

function electronBinary({ env, platform, root }) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const binary = join(folder, executables[platform] ?? 'electron')
  if (!existsSync(binary))
    return { reason: "Electron's own program is not installed (npx install-electron fetches it)" }
  const installed = versionIn(join(folder, 'version'))
  const wanted = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version
  if (!env.ELECTRON_OVERRIDE_DIST_PATH && installed !== wanted)
    return { reason: `Electron ${installed ?? 'of unknown version'} is installed, ${wanted} is needed` }
  return { binary, reason: 'found' }
}

function versionIn(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null
}
