import type { C3dResnet } from './c3d-resnet'
import { foldedUnit, weightReader } from './folded-unit'
import type { Layer } from './layer-list'
import { type NewOnnxNode, type OnnxTensor, writeOnnx } from './onnx/onnx-writer'

/**
 * A network that was trained here as an ONNX file that takes clips [N, T, H, W, 3] and puts out logits; batch norm is
 * folded into its convolutions. The maps that explanations are made of keep their names. Its metadata says the classes
 * and the pixel scale.
 */
export function exportOnnx(model: C3dResnet, classes: readonly string[]): Uint8Array {
  const graph = new OnnxGraph(model)
  const { frames, height, width, scale } = model
  return writeOnnx({
    inputs: { clip: ['N', frames, height, width, 3] },
    outputs: { logits: ['N', classes.length] },
    ...graph.build(),
    metadata: {
      classes: JSON.stringify(classes),
      mean: JSON.stringify(scale.mean),
      std: JSON.stringify(scale.deviation),
    },
  })
}

class OnnxGraph {
  private readonly nodes: NewOnnxNode[] = []
  private readonly weights = new Map<string, OnnxTensor>()

  constructor(private readonly model: C3dResnet) {}

  build(): { nodes: readonly NewOnnxNode[]; weights: ReadonlyMap<string, OnnxTensor> } {
    let x = this.node('Transpose', ['clip'], 'channels_first', { perm: [0, 4, 1, 2, 3] })
    let shortcut = { name: x, channels: 3 }
    let channels = 3
    for (const layer of this.model.layers) {
      if (layer.kind === 'pool') {
        x = this.node('MaxPool', [x], layer.name, { kernel_shape: [1, 2, 2], strides: [1, 2, 2] })
      } else if (layer.name.endsWith('.conv2')) {
        x = this.unit(x, layer, shortcut)
        channels = layer.out
      } else {
        shortcut = { name: x, channels }
        x = this.unit(x, layer, null)
        channels = layer.out
      }
    }
    this.head(x)
    return { nodes: this.nodes, weights: this.weights }
  }

  private unit(
    x: string,
    { name, out }: Extract<Layer, { kind: 'conv' }>,
    shortcut: { name: string; channels: number } | null,
  ): string {
    const { kernel, bias } = foldedUnit(this.model, name)
    this.weights.set(`${name}.kernel`, outFirst(kernel))
    this.weights.set(`${name}.bias`, { shape: [out], values: bias })
    const pads = Array.from({ length: 6 }, () => 1)
    const convolved = this.node('Conv', [x, `${name}.kernel`, `${name}.bias`], `${name}.sum`, {
      ...{ kernel_shape: [3, 3, 3], pads },
    })
    if (!shortcut) return this.node('Relu', [convolved], name)
    const widened = this.widened(shortcut, out, name)
    return this.node('Relu', [this.node('Add', [convolved, widened], `${name}.joined`)], name)
  }

  /** Fills missing channels with zeros. */
  private widened(from: { name: string; channels: number }, out: number, layer: string): string {
    if (from.channels === out) return from.name
    const pads = BigInt64Array.from([0, 0, 0, 0, 0, 0, out - from.channels, 0, 0, 0].map(BigInt))
    this.weights.set(`${layer}.pads`, { shape: [10], values: pads })
    return this.node('Pad', [from.name, `${layer}.pads`], `${layer}.shortcut`)
  }

  private head(map: string): void {
    const { fcLayers, head } = this.model.config
    let x =
      head === 'mean'
        ? this.node('ReduceMean', [map], 'mean', { axes: [2, 3, 4], keepdims: 0 })
        : this.node('Flatten', [this.node('Transpose', [map], 'last', { perm: [0, 2, 3, 4, 1] })], 'flat', { axis: 1 })
    const weightOf = weightReader(this.model)
    for (let i = 1; i <= fcLayers; i++) {
      for (const part of ['kernel', 'bias']) this.weights.set(`fc${i}.${part}`, weightOf(`fc${i}.${part}`))
      const isLast = i === fcLayers
      x = this.node('Gemm', [x, `fc${i}.kernel`, `fc${i}.bias`], isLast ? 'logits' : `fc${i}.sum`)
      if (!isLast) x = this.node('Relu', [x], `fc${i}`)
    }
  }

  private node(
    kind: string,
    inputs: readonly string[],
    output: string,
    attributes: NewOnnxNode['attributes'] = {},
  ): string {
    this.nodes.push({ kind, inputs, output, attributes })
    return output
  }
}

/** [3, 3, 3, in, out] to [out, in, 3, 3, 3]. */
function outFirst({ shape, values }: { shape: readonly number[]; values: Float32Array }): OnnxTensor {
  const [a = 3, b = 3, c = 3, inputs = 1, outputs = 1] = shape
  const places = a * b * c
  const turned = new Float32Array(values.length)
  for (let place = 0; place < places; place++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        turned[(o * inputs + i) * places + place] = values[(place * inputs + i) * outputs + o] as number
  return { shape: [outputs, inputs, a, b, c], values: turned }
}
