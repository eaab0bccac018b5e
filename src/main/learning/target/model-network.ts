import { dirname, extname, relative, resolve } from 'node:path'
import type { Network } from './network'
import { onnxWeightFiles, openOnnx, type OpenSizes } from './onnx/onnx-network'
import { tfjsWeightFiles } from './tfjs/model-file'
import { openTfjs } from './tfjs/tfjs-network'

function isOnnx(file: string): boolean {
  return extname(file).toLowerCase() === '.onnx'
}

/**
 * Opens somebody else's network: a model of ONNX, or a model.json of TensorFlow.js with its weights beside it.
 * @throws Failure MODEL_UNFIT
 */
export function openNetwork(file: string, open: OpenSizes = {}): Promise<Network> {
  return isOnnx(file) ? openOnnx(file, open) : openTfjs(file)
}

/** The files a model consists of, its own first, relative to its folder. Throws Failure MODEL_UNFIT. */
export async function modelFiles(file: string): Promise<string[]> {
  const weights = await (isOnnx(file) ? onnxWeightFiles(file) : tfjsWeightFiles(file))
  return [resolve(file), ...weights].map((path) => relative(dirname(resolve(file)), path))
}
