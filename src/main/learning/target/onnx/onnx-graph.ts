import type { NetworkLayer, NetworkOutput } from '@main/learning/target/network'
import type { OnnxFile, OnnxNode } from './onnx-file'

/** Operations whose outputs can be feature maps. */
const mapKinds: ReadonlySet<string> = new Set([
  ...['Conv', 'BatchNormalization', 'InstanceNormalization', 'GroupNormalization', 'MaxPool', 'AveragePool'],
  ...['Relu', 'LeakyRelu', 'PRelu', 'Elu', 'Selu', 'Gelu', 'Clip', 'Sigmoid', 'HardSigmoid', 'HardSwish', 'Mish'],
  ...['Add', 'Sub', 'Mul', 'Sum', 'Concat'],
])
/** What hands on the numbers of an output as they are. */
const passing = new Set(['Identity', 'Squeeze', 'Flatten', 'Reshape', 'Cast'])

/** Tensors that can be asked for, by the name of their node's first output. */
export function layersOf({ nodes }: OnnxFile): NetworkLayer[] {
  return nodes.flatMap(({ kind, outputs: [name] }) => (name && mapKinds.has(kind) ? [{ name, kind }] : []))
}

/** What each output is, by the last operation before it. */
export function outputsOf({ nodes, outputs }: OnnxFile): NetworkOutput[] {
  const makers = makersOf(nodes)
  const kindOf = (name: string): NetworkOutput['kind'] => {
    let maker = makers.get(name)
    for (let i = 0; maker && passing.has(maker.kind) && i < nodes.length; i++) maker = makers.get(maker.inputs[0] ?? '')
    if (maker?.kind === 'Softmax') return 'probabilities'
    return maker?.kind === 'Sigmoid' ? 'sigmoid' : null
  }
  return outputs.map(({ name }) => ({ name, kind: kindOf(name) }))
}

/** Names of the five-dimensional tensors whose channels stand last, as exporters of TensorFlow leave them. */
export function channelsLastTensors({ nodes }: OnnxFile): ReadonlySet<string> {
  const last = new Set<string>()
  for (const { kind, inputs, outputs, perm } of nodes) {
    const isLast =
      kind === 'Transpose' ? String(perm) === '0,2,3,4,1' : kind !== 'Conv' && inputs.some((i) => last.has(i))
    if (isLast) for (const name of outputs) last.add(name)
  }
  return last
}

function makersOf(nodes: readonly OnnxNode[]): Map<string, OnnxNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)))
}
