import * as tf from '@tensorflow/tfjs'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs'
import type { C3dResnet } from './c3d-resnet'
import { foldedUnit, weightReader } from './folded-unit'

/** A LayersModel of TensorFlow.js as its two files. */
export interface LayersFiles {
  /** model.json; it names the other one. */
  json: string
  weights: Uint8Array
}

/**
 * A network that was trained here as a LayersModel that takes clips [N, T, H, W, 3] and puts out logits; batch norm is
 * folded into its convolutions. The maps that explanations are made of keep their names. Its metadata says the classes
 * and the pixel scale.
 * @param weightsName of the file of weights beside it
 */
export async function exportLayers(
  model: C3dResnet,
  classes: readonly string[],
  weightsName: string,
): Promise<LayersFiles> {
  const network = new LayersNetwork(model).build()
  try {
    const { mean, deviation } = model.scale
    const metadata = { classes, mean, std: deviation }
    return await filesOf(network, metadata, weightsName)
  } finally {
    network.dispose()
  }
}

async function filesOf(network: LayersModel, metadata: object, weightsName: string): Promise<LayersFiles> {
  let files: LayersFiles | undefined
  const take = tf.io.withSaveHandler(async ({ modelTopology, weightSpecs = [], weightData }) => {
    const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData))
    const about = { format: 'layers-model', generatedBy: 'WhyNot Studio', userDefinedMetadata: metadata }
    const weightsManifest = [{ paths: [weightsName], weights: weightSpecs }]
    files = { json: `${JSON.stringify({ ...about, modelTopology, weightsManifest })}\n`, weights }
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
  })
  await network.save(take)
  if (!files) throw new Error('the network was not written')
  return files
}

type Weights = { shape: readonly number[]; values: Float32Array }

/** Keras' layers with the weights of ours. */
class LayersNetwork {
  constructor(private readonly model: C3dResnet) {}

  build(): LayersModel {
    const { frames, height, width, layers } = this.model
    const clip = tf.input({ shape: [frames, height, width, 3], name: 'clip' })
    let x = clip
    let shortcut = clip
    for (const layer of layers) {
      if (layer.kind === 'pool') {
        x = applied(tf.layers.maxPooling3d({ poolSize: [1, 2, 2], strides: [1, 2, 2], name: layer.name }), x)
        continue
      }
      const isSecond = layer.name.endsWith('.conv2')
      if (!isSecond) shortcut = x
      x = this.unit(x, layer, isSecond ? shortcut : null)
    }
    return tf.model({ inputs: clip, outputs: this.head(x), name: 'classifier' })
  }

  private unit(x: SymbolicTensor, { name, out }: { name: string; out: number }, shortcut: SymbolicTensor | null) {
    const { kernel, bias } = foldedUnit(this.model, name)
    const convolution = tf.layers.conv3d({ filters: out, kernelSize: 3, padding: 'same', name: `${name}.sum` })
    const convolved = weighted(convolution, x, [kernel, { shape: [out], values: bias }])
    const relu = tf.layers.activation({ activation: 'relu', name })
    if (!shortcut) return applied(relu, convolved)
    const joined = tf.layers.add({ name: `${name}.joined` }).apply([convolved, widened(shortcut, out, name)])
    return applied(relu, joined as SymbolicTensor)
  }

  private head(map: SymbolicTensor): SymbolicTensor {
    const { fcLayers, head } = this.model.config
    const [, frames = 1, rows = 1, cols = 1] = map.shape.map((side) => side ?? 1)
    const poolSize: [number, number, number] = [frames, rows, cols]
    const pooled = tf.layers.averagePooling3d({ poolSize, strides: poolSize, name: 'mean' })
    let x = applied(tf.layers.flatten({ name: 'flat' }), head === 'mean' ? applied(pooled, map) : map)
    const read = weightReader(this.model)
    for (let i = 1; i <= fcLayers; i++) {
      const [kernel, bias] = [read(`fc${i}.kernel`), read(`fc${i}.bias`)]
      const isLast = i === fcLayers
      const dense = { units: bias.values.length, name: isLast ? 'logits' : `fc${i}` }
      x = weighted(tf.layers.dense(isLast ? dense : { ...dense, activation: 'relu' }), x, [kernel, bias])
    }
    return x
  }
}

/** Fills missing channels with zeros: a convolution of 1x1x1 that passes each channel on. */
function widened(from: SymbolicTensor, out: number, layer: string): SymbolicTensor {
  const channels = from.shape.at(-1) ?? out
  if (channels === out) return from
  const values = new Float32Array(channels * out)
  for (let c = 0; c < channels; c++) values[c * out + c] = 1
  const pass = tf.layers.conv3d({ filters: out, kernelSize: 1, useBias: false, name: `${layer}.shortcut` })
  return weighted(pass, from, [{ shape: [1, 1, 1, channels, out], values }])
}

type LayerOfOne = { apply: (input: SymbolicTensor) => unknown; setWeights: (weights: tf.Tensor[]) => void }

function applied(layer: Pick<LayerOfOne, 'apply'>, x: SymbolicTensor): SymbolicTensor {
  return layer.apply(x) as SymbolicTensor
}

function weighted(layer: LayerOfOne, x: SymbolicTensor, weights: readonly Weights[]): SymbolicTensor {
  const y = applied(layer, x)
  tf.tidy(() => layer.setWeights(weights.map(({ shape, values }) => tf.tensor(values, [...shape]))))
  return y
}
