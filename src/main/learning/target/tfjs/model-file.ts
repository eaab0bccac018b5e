import type * as tf from '@tensorflow/tfjs'
import { io } from '@tensorflow/tfjs'
import { z } from 'zod'
import { besidePath, wholeFile } from '@main/learning/target/model-folder'
import { unfit } from '@main/learning/target/network'
import { fromKeras3 } from './keras3'

const ModelFile = z.object({
  format: z.string().optional(),
  modelTopology: z.unknown(),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.unknown()) })),
})

/** The files of weights, as paths. Throws Failure MODEL_UNFIT. */
export async function tfjsWeightFiles(file: string): Promise<string[]> {
  const { weightsManifest } = await readModelFile(file)
  return weightsManifest.flatMap(({ paths }) => paths.map((path) => besidePath(file, path)))
}

/** A model.json of TensorFlow.js with its weights. Throws Failure MODEL_UNFIT. */
export async function readModel(file: string): Promise<tf.io.ModelArtifacts> {
  const json = await readModelFile(file)
  const modelTopology = json.format === 'graph-model' ? json.modelTopology : fromKeras3(json.modelTopology)
  return io.getModelArtifactsForJSON({ ...json, modelTopology }, async (manifest) => {
    const specs = manifest.flatMap(({ weights }) => weights)
    const parts = await Promise.all(manifest.flatMap(({ paths }) => paths.map((path) => readBeside(file, path))))
    const all = Buffer.concat(parts)
    return [specs, all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength) as ArrayBuffer]
  })
}

async function readModelFile(file: string): Promise<tf.io.ModelJSON> {
  const json = jsonOf((await wholeFile(file)).toString('utf8'))
  if (json === undefined) throw unfit(file, 'It is no JSON: it is damaged, or cut off, or another kind of file.')
  if (!ModelFile.safeParse(json).success)
    throw unfit(file, 'It is not a model.json of TensorFlow.js: topology or list of weights is missing.')
  return json as tf.io.ModelJSON
}

/** undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readBeside(file: string, path: string): Promise<Buffer> {
  const whole = besidePath(file, path)
  return wholeFile(whole).catch((error: unknown) => {
    throw unfit(file, `Its weights ${path} cannot be read.`, error)
  })
}
