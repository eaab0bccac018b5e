import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { z } from 'zod'

/** The TensorFlow release under the studio; the wheels of this version hold the libraries and headers. */
export const tensorflowVersion = '2.21.0'

export type EngineVariant = 'cpu' | 'gpu'

const FileEntry = z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })
const Manifest = z.object({ version: z.string(), variant: z.enum(['cpu', 'gpu']), files: z.array(FileEntry) })
export type Manifest = z.infer<typeof Manifest>

const libraryNames = {
  linux: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  darwin: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
}

/** File names of the two libraries on this platform; null where no wheel has them. */
export function libraryFiles(platform: NodeJS.Platform, arch: string): readonly string[] | null {
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) return libraryNames.linux
  if (platform === 'darwin' && arch === 'arm64') return libraryNames.darwin
  return null
}

/** Where engines are kept: the platform's cache folder, or `WHYNOT_ENGINE_CACHE`. */
export function engineCache(env: NodeJS.ProcessEnv = process.env): string {
  return env.WHYNOT_ENGINE_CACHE ?? join(envPaths('whynot-studio', { suffix: '' }).cache, 'engine')
}

export function engineFolder(cache: string, variant: EngineVariant): string {
  return join(cache, `${tensorflowVersion}-${variant}-${process.platform}-${process.arch}`)
}

/** The addon inside an engine's folder; its run path finds the libraries beside it. */
export const addonPath = (folder: string) => join(folder, 'lib', 'tfjs_binding.node')
export const manifestPath = (folder: string) => join(folder, 'manifest.json')

/** The manifest of a complete engine, or null. Sizes are checked here; hashes only on request, they take seconds. */
export function completeEngine(folder: string): Manifest | null {
  const file = manifestPath(folder)
  if (!existsSync(file)) return null
  const manifest = Manifest.safeParse(parsed(readFileSync(file, 'utf8')))
  if (!manifest.success) return null
  const whole = manifest.data.files.every(({ path, bytes }) => {
    const at = join(folder, path)
    return existsSync(at) && statSync(at).size === bytes
  })
  return whole ? manifest.data : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
