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
  const { __metadata__: metadata = {}, ...entries } = headerOf(file.subarray(8, 8 + headerBytes))
  const data = file.subarray(8 + headerBytes)
  const weights = new Map(Object.entries(entries).map(([name, entry]) => [name, arrayOf(name, entry, data)]))
  return { weights, metadata: metadata as Record<string, string> }
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new Error('The weights file is damaged: its header is not JSON')
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new Error('The weights file is damaged: its header is not a list of named arrays')
  return header as Record<string, unknown>
}

function isEntry(value: unknown): value is HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<HeaderEntry>
  const isCounts = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0)
  return typeof dtype === 'string' && isCounts(shape) && isCounts(offsets) && offsets.length === 2
}

function arrayOf(name: string, entry: unknown, data: Uint8Array): WeightArray {
  if (!isEntry(entry)) throw new Error(`The weights file is damaged: ${name} is described without type, shape or place`)
  const { dtype, shape, data_offsets: place } = entry
  const [from, to] = place
  if (dtype !== 'F32') throw new Error(`${name} has type ${dtype}; only F32 weights are read`)
  const count = shape.reduce((a, b) => a * b, 1)
  if (to - from !== count * 4)
    throw new Error(`${name} has ${to - from} bytes where its shape [${shape.join(', ')}] needs ${count * 4}`)
  if (to > data.length)
    throw new Error(`${name} has ${to - from} bytes from ${from}, and the file ends at ${data.length}`)
  // A copy: the array's own offset need not be a multiple of 4.
  return { shape, values: new Float32Array(data.slice(from, to).buffer) }
}
