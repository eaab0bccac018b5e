/** A named array of weights. `shape` in the order TensorFlow uses. */
export interface WeightArray {
  shape: readonly number[]
  values: Float32Array
}

export type Weights = ReadonlyMap<string, WeightArray>

interface HeaderEntry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

const maxHeader = 100_000_000

/**
 * Weights as a safetensors file: u64 length of a JSON header, the header, then the arrays, little-endian, without gaps
 * (https://github.com/huggingface/safetensors, "Format"). Python reads it with `safetensors.numpy.load_file`.
 */
export function writeSafetensors(weights: Weights, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  let offset = 0
  const header: Record<string, HeaderEntry | Record<string, string>> = { __metadata__: { ...metadata } }
  for (const [name, { shape, values }] of weights) {
    header[name] = { dtype: 'F32', shape: [...shape], data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  // Spaces at the end of the header align the data to 8 bytes, as the format recommends.
  const headerBytes = Math.ceil(json.length / 8) * 8
  const file = new Uint8Array(8 + headerBytes + offset)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.fill(0x20, 8, 8 + headerBytes)
  file.set(json, 8)
  let at = 8 + headerBytes
  for (const { values } of weights.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return file
}

/** @throws Error with what is wrong when the bytes are not a safetensors file of fp32 arrays */
export function readSafetensors(file: Uint8Array): { weights: Weights; metadata: Readonly<Record<string, string>> } {
  if (file.length < 8) throw new Error('The weights file is shorter than its header length')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const headerBytes = Number(view.getBigUint64(0, true))
  if (headerBytes > maxHeader || 8 + headerBytes > file.length)
    throw new Error(`The weights file announces a header of ${headerBytes} bytes and has ${file.length - 8}`)
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes))) as Record<string, HeaderEntry>
  const { __metadata__: metadata, ...entries } = header
  const data = file.subarray(8 + headerBytes)
  const weights = new Map(Object.entries(entries).map(([name, entry]) => [name, arrayOf(name, entry, data)]))
  return { weights, metadata: (metadata ?? {}) as unknown as Record<string, string> }
}

function arrayOf(name: string, { dtype, shape, data_offsets: [from, to] }: HeaderEntry, data: Uint8Array): WeightArray {
  if (dtype !== 'F32') throw new Error(`${name} has type ${dtype}; only F32 weights are read`)
  const count = shape.reduce((a, b) => a * b, 1)
  if (to - from !== count * 4 || to > data.length)
    throw new Error(`${name} has ${to - from} bytes where its shape [${shape.join(', ')}] needs ${count * 4}`)
  // A copy: the array's own offset need not be a multiple of 4, and a Buffer's own slice would be no copy.
  return { shape, values: new Float32Array(new Uint8Array(data.subarray(from, to)).buffer) }
}
