import { modelType } from './onnx-schema'

/** Numbers of onnx.proto3: kinds of elements, kinds of attributes, and the version written. */
const [float32, int64, intAttribute, intsAttribute, irVersion, opset] = [1, 7, 2, 7, 8, 13]

export interface OnnxTensor {
  shape: readonly number[]
  values: Float32Array | BigInt64Array
}

export interface NewOnnxNode {
  kind: string
  inputs: readonly string[]
  /** Its output, which the node is named after. */
  output: string
  attributes?: Readonly<Record<string, number | readonly number[]>>
}

export interface NewOnnxModel {
  /** Sizes by name: a word stands for any number. */
  inputs: Readonly<Record<string, readonly (number | string)[]>>
  outputs: Readonly<Record<string, readonly (number | string)[]>>
  nodes: readonly NewOnnxNode[]
  weights: ReadonlyMap<string, OnnxTensor>
  metadata?: Readonly<Record<string, string>>
}

/** A model as the bytes of an ONNX file (opset 13). */
export function writeOnnx({ inputs, outputs, nodes, weights, metadata = {} }: NewOnnxModel): Uint8Array {
  const type = modelType()
  const model = {
    irVersion,
    producerName: 'whynot-studio',
    opsetImport: [{ domain: '', version: opset }],
    metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'network',
      node: nodes.map(nodeOf),
      initializer: [...weights].map(([name, { shape, values }]) => ({
        ...{ name, dims: shape, dataType: values instanceof Float32Array ? float32 : int64 },
        rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      })),
      input: Object.entries(inputs).map(valueOf),
      output: Object.entries(outputs).map(valueOf),
    },
  }
  return type.encode(type.fromObject(model)).finish()
}

function nodeOf({ kind, inputs, output, attributes = {} }: NewOnnxNode) {
  const attribute = Object.entries(attributes).map(([name, value]) =>
    typeof value === 'number' ? { name, i: value, type: intAttribute } : { name, ints: value, type: intsAttribute },
  )
  return { name: `${output}/${kind}`, opType: kind, input: inputs, output: [output], attribute }
}

function valueOf([name, sizes]: [string, readonly (number | string)[]]) {
  const dim = sizes.map((size) => (typeof size === 'number' ? { value: size } : { name: size }))
  return { name, type: { tensor: { elemType: float32, shape: { dim } } } }
}
