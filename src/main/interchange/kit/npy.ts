import { Failure } from '@shared/failures'

/** An array of NumPy's, numbers or words, in the order of its rows whatever order it was stored in. */
export interface NumpyArray {
  shape: readonly number[]
  values: readonly (number | string)[]
}

const magic = '\x93NUMPY'
/** More values than this are no table that people made. */
const mostValues = 50_000_000

/**
 * Reads a `.npy` file: booleans, integers, floats and texts, little- or big-endian, C or Fortran order.
 * Throws Failure BAD_SETTING for pickled objects, which are never opened, and for files that end early.
 */
export function readNumpy(name: string, bytes: Buffer): NumpyArray {
  const refuse = (reason: string): never => {
    throw new Failure('BAD_SETTING', { setting: 'file', reason: `${name}: ${reason}` })
  }
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== magic) refuse('it is no .npy file')
  const isLong = (bytes[6] ?? 1) > 1
  const from = isLong ? 12 + bytes.readUInt32LE(8) : 10 + bytes.readUInt16LE(8)
  const header = bytes.toString('latin1', isLong ? 12 : 10, from)
  const [, order = '<', kind = '', size = ''] = /'descr':\s*'([<>|=])([a-zA-Z])(\d+)'/.exec(header) ?? []
  const shape = (/'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((n) => n.trim())
    .map(Number)
  const count = shape.reduce((product, length) => product * length, 1)
  const width = kind === 'U' ? Number(size) * 4 : Number(size)
  const read = readerOf(kind, Number(size), order === '>')
  if (!read) return refuse('it holds objects or a kind of number that is not read')
  if (count > mostValues || bytes.length < from + count * width)
    refuse('it ends before its last value, or is too large')
  const stored = Array.from({ length: count }, (_, i) => read(bytes, from + i * width))
  return { shape, values: /'fortran_order':\s*True/.test(header) ? byRows(stored, shape) : stored }
}

function readerOf(kind: string, size: number, big: boolean): ((bytes: Buffer, at: number) => number | string) | null {
  if (kind === 'U') return (bytes, at) => textAt(bytes, at, { size, big })
  if (kind === 'S') return (bytes, at) => bytes.toString('latin1', at, at + size).replace(/\0+$/, '')
  if (kind === 'f' && size === 8) return (bytes, at) => (big ? bytes.readDoubleBE(at) : bytes.readDoubleLE(at))
  if (kind === 'f' && size === 4) return (bytes, at) => (big ? bytes.readFloatBE(at) : bytes.readFloatLE(at))
  if (size === 8 && (kind === 'i' || kind === 'u'))
    return (bytes, at) => Number(big ? bytes.readBigInt64BE(at) : bytes.readBigInt64LE(at))
  if (size > 4) return null
  if (kind === 'i') return (bytes, at) => (big ? bytes.readIntBE(at, size) : bytes.readIntLE(at, size))
  if (kind === 'u' || kind === 'b')
    return (bytes, at) => (big ? bytes.readUIntBE(at, size) : bytes.readUIntLE(at, size))
  return null
}

/** NumPy's texts are code points of four bytes, filled up with zeros. */
function textAt(bytes: Buffer, at: number, { size, big }: { size: number; big: boolean }): string {
  const points = Array.from({ length: size }, (_, i) =>
    big ? bytes.readUInt32BE(at + i * 4) : bytes.readUInt32LE(at + i * 4),
  )
  return points
    .filter((point) => point > 0 && point <= 0x10ffff)
    .map((point) => String.fromCodePoint(point))
    .join('')
}

function byRows<Value>(stored: readonly Value[], shape: readonly number[]): Value[] {
  const [rows = 1, columns = 1] = shape
  if (shape.length !== 2) return [...stored]
  return stored.map((_, i) => stored[(i % columns) * rows + Math.floor(i / columns)] as Value)
}
