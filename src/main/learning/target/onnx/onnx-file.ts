import { modelType } from './onnx-schema'

/** What is read of an ONNX file (https://onnx.ai/onnx/repo-docs/IR.html); weights are passed over. */
export interface OnnxFile {
  inputs: readonly OnnxValue[]
  outputs: readonly OnnxValue[]
  nodes: readonly OnnxNode[]
  /** Files beside it that hold weights, as it names them. */
  weightFiles: readonly string[]
  metadata: ReadonlyMap<string, string>
}

export interface OnnxValue {
  name: string
  /** Numbers, or the name of a size that is open; null where it says nothing. */
  sizes: readonly (number | string)[] | null
}

export interface OnnxNode {
  name: string
  kind: string
  inputs: readonly string[]
  outputs: readonly string[]
  /** The new order of axes, of a Transpose. */
  perm: readonly number[]
}

interface PlainValue {
  name?: string
  type?: { tensor?: { shape?: { dim?: { value?: number; name?: string }[] } } }
}

interface PlainNode {
  name?: string
  opType?: string
  input?: string[]
  output?: string[]
  attribute?: { name?: string; ints?: number[] }[]
}

interface PlainModel {
  graph?: {
    node?: PlainNode[]
    initializer?: { name?: string; externalData?: { key?: string; value?: string }[] }[]
    input?: PlainValue[]
    output?: PlainValue[]
  }
  metadata?: { key?: string; value?: string }[]
}

/** Reads names, sizes and kinds. Throws Error where the bytes are no ONNX file. */
export function readOnnx(bytes: Uint8Array): OnnxFile {
  const type = modelType()
  const { graph, metadata = [] } = type.toObject(type.decode(bytes), { longs: Number }) as PlainModel
  if (!graph?.node?.length) throw new Error('it holds no graph')
  const weights = graph.initializer ?? []
  const known = new Set(weights.map(({ name }) => name))
  const files = weights.flatMap(({ externalData = [] }) =>
    externalData.flatMap(({ key, value }) => (key === 'location' && value ? [value] : [])),
  )
  return {
    // Old files list their weights among the inputs.
    inputs: (graph.input ?? []).filter(({ name }) => !known.has(name)).map(valueOf),
    outputs: (graph.output ?? []).map(valueOf),
    nodes: graph.node.map(({ name = '', opType = '', input = [], output = [], attribute = [] }) => ({
      ...{ name, kind: opType, inputs: input, outputs: output },
      perm: attribute.find((one) => one.name === 'perm')?.ints ?? [],
    })),
    weightFiles: [...new Set(files)],
    metadata: new Map(metadata.map(({ key = '', value = '' }) => [key, value])),
  }
}

/**
 * The same model with more of its tensors put out. Messages of protobuf that follow each other are one: repeated fields
 * add up, so nothing of the file is written anew.
 */
export function withOutputs(bytes: Uint8Array, names: readonly string[]): Uint8Array {
  if (names.length === 0) return bytes
  const type = modelType()
  const more = type.encode(type.create({ graph: { output: names.map((name) => ({ name })) } })).finish()
  return Buffer.concat([bytes, more])
}

function valueOf({ name = '', type }: PlainValue): OnnxValue {
  const dim = type?.tensor?.shape?.dim
  return { name, sizes: dim ? dim.map(({ value, name: open }) => value ?? open ?? '?') : null }
}
