/** NumPy's array format 1.0, for float32 and float16 (numpy.lib.format), so that other tools can read what is cached. */

const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0])
/** Length of the header as a whole is a multiple of this. */
const alignment = 64
const fields = /'descr': '<(f2|f4)', 'fortran_order': False, 'shape': \(([\d, ]*)\)/

export interface NpyArray {
  shape: readonly number[]
  values: Float32Array
}

/**
 * @param precision fp16 holds numbers up to 65,504 with three digits; where one is larger, fp32 is written instead
 */
export function writeNpy({ shape, values }: NpyArray, precision: 'fp32' | 'fp16'): Buffer {
  const half = precision === 'fp16' ? new Float16Array(values) : null
  const fits = half !== null && half.every((value, i) => Number.isFinite(value) || !Number.isFinite(values[i]))
  const data = half && fits ? half : values
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const head = `{'descr': '<${data === half ? 'f2' : 'f4'}', 'fortran_order': False, 'shape': (${list}), }`
  const length = Math.ceil((magic.length + 2 + head.length + 1) / alignment) * alignment - magic.length - 2
  const size = Buffer.alloc(2)
  size.writeUInt16LE(length)
  const header = `${head.padEnd(length - 1)}\n`
  return Buffer.concat([magic, size, Buffer.from(header), Buffer.from(data.buffer, data.byteOffset, data.byteLength)])
}

/** @returns null where the bytes are not such an array, or end early */
export function readNpy(bytes: Buffer): NpyArray | null {
  if (bytes.length < magic.length + 2 || !bytes.subarray(0, magic.length).equals(magic)) return null
  const from = magic.length + 2 + bytes.readUInt16LE(magic.length)
  const [, kind, list] = fields.exec(bytes.toString('latin1', magic.length + 2, from)) ?? []
  if (!kind || list === undefined) return null
  const shape = list
    .split(',')
    .filter((part) => part.trim())
    .map(Number)
  const count = shape.reduce((a, b) => a * b, 1)
  if (bytes.length - from !== count * (kind === 'f2' ? 2 : 4)) return null
  // Copied: the numbers need an aligned start, which a file in memory does not have.
  const { buffer } = new Uint8Array(bytes.subarray(from))
  return { shape, values: kind === 'f2' ? Float32Array.from(new Float16Array(buffer)) : new Float32Array(buffer) }
}
