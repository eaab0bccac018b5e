import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus } from 'node:os'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { addonPath, type EngineVariant, tensorflowVersion } from './install/engine-folder'
import { ensureEngine, type EngineInstallation } from './install/ensure-engine'
import { runProgram } from './install/run-program'
import { restoreUtilFunctions } from './node-guard'
import { registerWasmKernels } from './wasm/register-wasm-kernels'

const requirePackage = createRequire(import.meta.url)

type BackendName = 'tensorflow' | 'wasm' | 'cpu'

/** The TensorFlow.js backend that this process computes with, and why this one. */
export interface Engine {
  readonly backend: BackendName
  readonly version: string
  /** Which build of the native library; null on the other backends. */
  readonly variant: EngineVariant | null
  readonly device: string
  /** One sentence: why this backend; where it is not the best, what would give a better one. */
  readonly reason: string
  readonly cores: number
  readonly instructionSets: readonly string[]
}

interface OpenEngineOptions {
  /** What `ensureEngine` gave; left out, the cache is looked into and nothing is installed. */
  installation?: EngineInstallation
  /** Tests open every backend there is, one after the other. */
  backend?: BackendName
}

/**
 * Opens the best backend there is: native TensorFlow, else WebAssembly, else plain JavaScript with a warning in
 * `reason`. TensorFlow.js keeps one backend per process, so this is called once, before any tensor is made.
 */
export async function openEngine({ installation, backend }: OpenEngineOptions = {}): Promise<Engine> {
  const found = installation ?? (await ensureEngine({ install: false }))
  // Only silences its banners; the reason below says what they would.
  tf.enableProdMode()
  let why = found.reason
  if (backend === undefined || backend === 'tensorflow') {
    const native = found.folder ? await openNative(found.folder) : why
    if (native === null) return describeNative(found)
    why = native
    if (backend === 'tensorflow') throw new Error(`The native backend is not there: ${why}`)
  }
  if (backend !== 'cpu') {
    const wasm = await openWasm()
    if (wasm === null) return describe('wasm', packageVersion('@tensorflow/tfjs-backend-wasm'), why)
    why = `${why}; ${wasm}`
  }
  await tf.setBackend('cpu')
  await tf.ready()
  return describe('cpu', packageVersion('@tensorflow/tfjs'), `plain JavaScript, far too slow for training: ${why}`)
}

/** @returns null when it is open, else why not */
async function openNative(folder: string): Promise<string | null> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
  // Sums in a fixed order on a GPU too: the same seed gives the same weights.
  process.env.TF_DETERMINISTIC_OPS ??= '1'
  if (process.env.WHYNOT_THREADS) {
    process.env.TF_NUM_INTRAOP_THREADS ??= process.env.WHYNOT_THREADS
    process.env.TF_NUM_INTEROP_THREADS ??= process.env.WHYNOT_THREADS
  }
  try {
    restoreUtilFunctions()
    const native = '@tensorflow/tfjs-node-gpu'
    if (!tf.findBackendFactory('tensorflow')) {
      requirePackage(`${native}/dist/register_all_kernels`)
      const { NodeJSKernelBackend } = requirePackage(`${native}/dist/nodejs_kernel_backend`)
      const bindings: unknown = requirePackage(addonPath(folder))
      tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(bindings, native), 3)
    }
    if (!(await tf.setBackend('tensorflow'))) return 'TensorFlow did not start'
    await tf.ready()
    return null
  } catch (error) {
    return `TensorFlow did not load (${(error as Error).message})`
  }
}

async function openWasm(): Promise<string | null> {
  try {
    const wasm = requirePackage('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
    wasm.setWasmPaths(`${join(dirname(requirePackage.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`)
    registerWasmKernels()
    if (!(await tf.setBackend('wasm'))) return 'WebAssembly did not start'
    await tf.ready()
    return null
  } catch (error) {
    return `WebAssembly did not start (${(error as Error).message})`
  }
}

async function describeNative({ variant, reason }: EngineInstallation): Promise<Engine> {
  const onGpu = (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true
  const idle = variant === 'gpu' && !onGpu ? '; TensorFlow found no GPU it can use, so it runs on the processor' : ''
  return {
    ...describe('tensorflow', tensorflowVersion, `${reason}${idle}`),
    variant: variant === 'gpu' ? 'gpu' : 'cpu',
    ...(onGpu ? { device: await gpuName() } : {}),
  }
}

function describe(backend: BackendName, version: string, reason: string): Engine {
  return {
    backend,
    version,
    variant: null,
    device: cpus()[0]?.model.trim() ?? process.arch,
    reason,
    cores: availableParallelism(),
    instructionSets: instructionSets(),
  }
}

async function gpuName(): Promise<string> {
  const { code, output } = await runProgram('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'])
  return (code === 0 && output.split('\n')[0]?.trim()) || 'NVIDIA GPU'
}

/** Vector instructions of this processor that matter for speed; empty where the system does not say. */
function instructionSets(): string[] {
  if (process.platform !== 'linux') return []
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? []
  return ['sse4_2', 'avx', 'avx2', 'fma', 'avx512f', 'avx512_vnni', 'amx_tile'].filter((name) => flags.includes(name))
}

function packageVersion(name: string): string {
  return (requirePackage(`${name}/package.json`) as { version: string }).version
}
