import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs'

/** Opens tfjs-backend-wasm as it comes, before `openEngine` gives it other kernels. */
export async function openStockWasm(): Promise<void> {
  const require = createRequire(import.meta.url)
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
  wasm.setWasmPaths(`${join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`)
  await tf.setBackend('wasm')
  await tf.ready()
}
