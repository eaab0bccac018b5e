import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { compileAddon } from './compile-addon'
import {
  completeEngine,
  engineCache,
  engineFolder,
  type EngineVariant,
  type Manifest,
  manifestPath,
  tensorflowVersion,
} from './engine-folder'
import { EngineMissing } from './engine-missing'
import { fetchLibraries } from './fetch-libraries'
import { firstThatRuns } from './run-program'
import { tryAddon } from './try-addon'
import { type WheelHashes, sha256, wheelHashes } from './wheel-hashes'

type EngineChoice = EngineVariant | 'wasm'

/** What `ensureEngine` found or made. `folder` null: no native engine, for the reason given. */
export interface EngineInstallation {
  variant: EngineChoice
  version: string
  folder: string | null
  /** One sentence: why this one; where there is none, what is missing and how to mend it. */
  reason: string
}

interface EnsureEngineOptions {
  env?: NodeJS.ProcessEnv
  signal?: AbortSignal
  /** What is being done, a few words at a time. */
  onProgress?: (label: string) => void
  /** False: only look in the cache. */
  install?: boolean
  /** Check the hashes of all files too, which reads close to a gigabyte. */
  verify?: boolean
  /** The only TensorFlow wheels that are unpacked; those of this platform when left out. */
  wheels?: WheelHashes
}

/**
 * Puts a current TensorFlow under the studio, once per machine: libraries from PyPI, the addon compiled here, tried in a
 * child process. Never throws for what a machine lacks; says it instead. From the cache it takes milliseconds.
 * `WHYNOT_ENGINE=gpu|cpu|wasm` overrides the choice.
 */
export async function ensureEngine(options: EnsureEngineOptions = {}): Promise<EngineInstallation> {
  const { env = process.env, signal, onProgress: say = () => {}, install = true, verify = false } = options
  const choice = await chooseVariant(env, signal)
  if (choice.variant === 'wasm') return absent(choice.why)
  const folder = engineFolder(engineCache(env), choice.variant)
  const found = completeEngine(folder)
  if (found && (!verify || (await hashesHold(folder, found)))) return ready(choice, folder)
  if (!install) return absent(await whyNotYet(signal))
  try {
    const wheels = options.wheels ?? wheelHashes(process.platform, process.arch)
    await make(folder, choice.variant, { wheels, signal, say })
    return ready(choice, folder)
  } catch (error) {
    if (signal?.aborted) throw error
    const why = reasonOf(error)
    if (choice.variant !== 'gpu' || env.WHYNOT_ENGINE === 'gpu') return absent(why)
    const onProcessor = await ensureEngine({ ...options, env: { ...env, WHYNOT_ENGINE: 'cpu' } })
    return { ...onProcessor, reason: `the GPU build could not be put in: ${why}` }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof EngineMissing) return error.message
  return `the engine could not be put in (${(error as Error).message}); \`npm run engine\` tries again`
}

function absent(reason: string): EngineInstallation {
  return { variant: 'wasm', version: '', folder: null, reason }
}

function ready({ variant, why }: { variant: EngineVariant; why: string }, folder: string): EngineInstallation {
  return { variant, version: tensorflowVersion, folder, reason: why }
}

/** The engine could be put in, or what stands in the way of that. */
async function whyNotYet(signal?: AbortSignal): Promise<string> {
  if (await firstThatRuns(['python3', 'python'], signal))
    return 'TensorFlow is not installed yet; `npm run engine` puts it in'
  return 'TensorFlow is not installed and python3 was not found; install Python 3 with pip, then `npm run engine`'
}

type Choice = { variant: EngineVariant; why: string } | { variant: 'wasm'; why: string }

async function chooseVariant(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Choice> {
  const asked = env.WHYNOT_ENGINE
  if (asked === 'gpu' || asked === 'cpu' || asked === 'wasm')
    return { variant: asked, why: `asked for with WHYNOT_ENGINE=${asked}` }
  const ignored = asked ? `WHYNOT_ENGINE=${asked} is none of gpu, cpu and wasm and was ignored; ` : ''
  if (process.platform === 'linux' && (await hasNvidia(signal)))
    return { variant: 'gpu', why: `${ignored}an NVIDIA driver answers` }
  return { variant: 'cpu', why: `${ignored}no NVIDIA driver was found, so TensorFlow runs on the processor` }
}

/** Files first: nvidia-smi takes a second on some machines. */
async function hasNvidia(signal?: AbortSignal): Promise<boolean> {
  const driver = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1', '/dev/nvidiactl']
  return driver.some((path) => existsSync(path)) || (await firstThatRuns(['nvidia-smi'], signal)) !== null
}

/** Everything is made in a folder of its own and renamed into place: two studios at once cannot spoil each other's. */
async function make(
  folder: string,
  variant: EngineVariant,
  { wheels, signal, say }: { wheels: WheelHashes; signal?: AbortSignal; say: (label: string) => void },
) {
  const draft = `${folder}.${randomUUID()}`
  try {
    await mkdir(draft, { recursive: true })
    await fetchLibraries({ variant, into: draft, hashes: wheels, signal, say })
    await compileAddon(draft, { signal, say })
    say('trying the engine')
    await tryAddon(draft, signal)
    await rm(join(draft, 'zig'), { recursive: true, force: true })
    say('checking the files')
    const manifest: Manifest = { version: tensorflowVersion, variant, files: await fileEntries(draft) }
    await writeFile(manifestPath(draft), JSON.stringify(manifest, null, 1), { flush: true })
    await putInPlace(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
    await sweepDrafts(folder)
  }
}

async function putInPlace(draft: string, folder: string): Promise<void> {
  if (completeEngine(folder)) return
  await rm(folder, { recursive: true, force: true })
  try {
    await rename(draft, folder)
  } catch (error) {
    // Another process put its own there in between: as good as ours.
    if (!completeEngine(folder)) throw error
  }
}

/** Drafts of processes that were killed, a day later. */
async function sweepDrafts(folder: string): Promise<void> {
  const names = await readdir(dirname(folder))
  for (const name of names.filter((other) => other.startsWith(`${basename(folder)}.`))) {
    const path = join(dirname(folder), name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > 86_400_000) await rm(path, { recursive: true, force: true })
  }
}

async function fileEntries(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.h'))
    .map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.map(async (file) => ({
      path: relative(folder, file),
      bytes: (await stat(file)).size,
      sha256: await sha256(file),
    })),
  )
}

async function hashesHold(folder: string, { files }: Manifest): Promise<boolean> {
  const hashes = await Promise.all(files.map((file) => sha256(join(folder, file.path))))
  return files.every((file, i) => hashes[i] === file.sha256)
}
