import { Parser } from 'pickleparser'
import { Failure } from '@shared/failures'

/** Bytes of a pickle beyond which it is no list of tubes. */
const most = 512 * 1024 ** 2

/** A numpy array of numbers with two sides, read in whichever order it was stored. */
export class NumpyArray {
  shape: readonly number[] = []
  private values: readonly number[] = []
  private isColumnFirst = false

  /** Called with what Python's `ndarray.__setstate__` takes: version, shape, dtype, Fortran order, bytes. */
  __setstate__(state: unknown): void {
    const [, shape, dtype, isColumnFirst, bytes] = state as [unknown, number[], NumpyType, boolean, Uint8Array]
    if (!Array.isArray(shape) || !(dtype instanceof NumpyType) || !(bytes instanceof Uint8Array))
      throw new Error('an array in it is not laid out as numpy does')
    this.shape = shape
    this.isColumnFirst = isColumnFirst === true
    this.values = dtype.numbers(bytes)
    if (this.values.length !== shape.reduce((product, side) => product * side, 1))
      throw new Error('an array in it has more or fewer numbers than it says')
  }

  get rows(): number {
    return this.values.length === 0 ? 0 : (this.shape[0] ?? 0)
  }

  /** A number by row and column; NaN where there is none. */
  at(row: number, column: number): number {
    const [rows = 0, columns = 1] = this.shape
    if (row >= rows || column >= columns) return Number.NaN
    return this.values[this.isColumnFirst ? column * rows + row : row * columns + column] ?? Number.NaN
  }
}

/** numpy's element types: unsigned, signed, floats, bools, and texts of fixed length. */
class NumpyType {
  private isBig = false

  constructor(private readonly code: string) {}

  __setstate__(state: unknown): void {
    this.isBig = Array.isArray(state) && state[1] === '>'
  }

  /** One value: a number, or a text in UTF-32. */
  scalar(bytes: Uint8Array): number | string {
    if (!this.code.startsWith('U')) return this.numbers(bytes)[0] ?? Number.NaN
    const view = viewOf(bytes)
    const points = Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(i * 4, !this.isBig))
    return String.fromCodePoint(...points.filter((point) => point > 0 && point <= 0x10ffff))
  }

  numbers(bytes: Uint8Array): number[] {
    const view = viewOf(bytes)
    const size = Number(this.code.slice(1))
    const little = !this.isBig
    const read: Readonly<Record<string, (at: number) => number>> = {
      b1: (at) => view.getUint8(at),
      u1: (at) => view.getUint8(at),
      u2: (at) => view.getUint16(at, little),
      u4: (at) => view.getUint32(at, little),
      u8: (at) => Number(view.getBigUint64(at, little)),
      i1: (at) => view.getInt8(at),
      i2: (at) => view.getInt16(at, little),
      i4: (at) => view.getInt32(at, little),
      i8: (at) => Number(view.getBigInt64(at, little)),
      f4: (at) => view.getFloat32(at, little),
      f8: (at) => view.getFloat64(at, little),
    }
    const one = read[this.code]
    if (!one) throw new Error(`numbers of the type ${this.code} are not read`)
    return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => one(i * size))
  }
}

/** The only names of Python that are followed; any other ends the reading, so that nothing in a file is ever run. */
const allowed: Readonly<Record<string, (...args: never[]) => unknown>> = {
  'numpy dtype': (code: string) => new NumpyType(code),
  'numpy ndarray': () => new NumpyArray(),
  'numpy.core.multiarray _reconstruct': () => new NumpyArray(),
  'numpy._core.multiarray _reconstruct': () => new NumpyArray(),
  'numpy.core.multiarray scalar': scalarOf,
  'numpy._core.multiarray scalar': scalarOf,
  '_codecs encode': (text: string) => Uint8Array.from(text, (sign) => sign.codePointAt(0) ?? 0),
}

/**
 * Reads a pickle of lists, dictionaries (as Map) and numpy arrays by an allow-list.
 * Throws Failure BAD_SETTING for anything else, naming it.
 */
export function unpickle(name: string, bytes: Uint8Array): unknown {
  if (bytes.length > most) throw refused(name, 'it is larger than 512 MB')
  const resolve = (module: string, called: string) => {
    const found = allowed[`${module} ${called}`]
    if (!found) throw new Error(`it wants ${module}.${called}, which is not read`)
    return found as (...args: unknown[]) => unknown
  }
  const none = { resolve: () => fail('it refers to something outside itself') }
  try {
    const options = { nameResolver: { resolve }, persistentResolver: none, extensionResolver: none }
    return new Parser({ ...options, unpicklingTypeOfDictionary: 'Map', unpicklingTypeOfSet: 'Set' }).parse(bytes)
  } catch (error) {
    throw refused(name, error instanceof Error ? error.message : String(error))
  }
}

function scalarOf(type: NumpyType, bytes: Uint8Array): number | string {
  if (!(type instanceof NumpyType) || !(bytes instanceof Uint8Array)) throw new Error('a number in it is not numpy’s')
  return type.scalar(bytes)
}

function fail(reason: string): never {
  throw new Error(reason)
}

function refused(name: string, reason: string): Failure {
  return new Failure('BAD_SETTING', { setting: 'file', reason: `${name} is no pickle of boxes: ${reason}` })
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
