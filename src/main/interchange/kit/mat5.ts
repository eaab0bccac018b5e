import { inflateSync } from 'node:zlib'
import { Failure } from '@shared/failures'

/** A MATLAB array: numbers, text, cells, or a struct array (fields of element i at i). Column after column. */
export type MatValue =
  | { kind: 'numbers'; shape: readonly number[]; values: readonly number[] }
  | { kind: 'text'; text: string }
  | { kind: 'cells'; shape: readonly number[]; cells: readonly MatValue[] }
  | { kind: 'struct'; shape: readonly number[]; elements: readonly ReadonlyMap<string, MatValue>[] }

const largest = 1024 ** 3
const deepest = 32

/** Sizes of the element types that hold numbers (MAT-File Format, table 1-1). */
const numberTypes: Readonly<
  Record<number, { size: number; read: (view: DataView, at: number, little: boolean) => number }>
> = {
  1: { size: 1, read: (view, at) => view.getInt8(at) },
  2: { size: 1, read: (view, at) => view.getUint8(at) },
  3: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  4: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  5: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  6: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  7: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  9: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  12: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  13: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  16: { size: 1, read: (view, at) => view.getUint8(at) },
  17: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
}
const [matrixType, compressedType] = [14, 15]
const [cellClass, structClass, charClass] = [1, 2, 4]

/**
 * Reads a MATLAB level 5 file (MathWorks, "MAT-File Format"): variables by name.
 * Throws Failure BAD_SETTING for other files, for classes that hold no data, and for files made to fill the memory.
 */
export function readMat(name: string, bytes: Uint8Array): ReadonlyMap<string, MatValue> {
  try {
    if (!Buffer.from(bytes.subarray(0, 19)).toString('latin1').startsWith('MATLAB 5.0 MAT-file'))
      throw new Error('it does not begin as one; save it with -v7')
    const reader = new MatReader(bytes, bytes[126] === 0x49)
    return reader.variables(128)
  } catch (error) {
    const reason = `${name} is no MATLAB file of level 5 (${error instanceof Error ? error.message : String(error)})`
    throw new Failure('BAD_SETTING', { setting: 'file', reason }, { cause: error })
  }
}

interface Element {
  type: number
  at: number
  size: number
  next: number
}

class MatReader {
  private readonly view: DataView

  constructor(
    private readonly bytes: Uint8Array,
    private readonly little: boolean,
    private readonly budget = { left: largest },
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  variables(from: number): Map<string, MatValue> {
    const found = new Map<string, MatValue>()
    for (let at = from; at + 8 <= this.bytes.length;) {
      const element = this.element(at)
      at = element.next
      if (element.type === compressedType) {
        const packed = this.bytes.subarray(element.at, element.at + element.size)
        const plain = inflateSync(packed, { maxOutputLength: Math.max(1, this.budget.left) })
        this.budget.left -= plain.length
        for (const [name, value] of new MatReader(plain, this.little, this.budget).variables(0)) found.set(name, value)
      } else if (element.type === matrixType) {
        const { name, value } = this.matrix(element, 0)
        found.set(name, value)
      }
    }
    return found
  }

  /** A data element: its type, where its bytes lie, and where the next one begins (on eight bytes, small ones packed). */
  private element(at: number): Element {
    const first = this.view.getUint32(at, this.little)
    if (first >>> 16 > 0) return { type: first & 0xffff, at: at + 4, size: first >>> 16, next: at + 8 }
    const size = this.view.getUint32(at + 4, this.little)
    const end = at + 8 + size
    if (end > this.bytes.length) throw new Error('it ends in the middle')
    return { type: first, at: at + 8, size, next: first === compressedType ? end : at + 8 + Math.ceil(size / 8) * 8 }
  }

  private matrix({ at, size }: Element, depth: number): { name: string; value: MatValue } {
    if (depth > deepest) throw new Error('it is nested too deeply')
    if (size === 0) return { name: '', value: { kind: 'numbers', shape: [0, 0], values: [] } }
    const flags = this.element(at)
    const ofClass = this.view.getUint32(flags.at, this.little) & 0xff
    const dimensions = this.element(flags.next)
    const shape = this.numbers(dimensions)
    const called = this.element(dimensions.next)
    const name = Buffer.from(this.bytes.subarray(called.at, called.at + called.size)).toString('utf8')
    const count = shape.reduce((product, side) => product * side, 1)
    if (count > largest / 8) throw new Error('an array in it is larger than any data set')
    return { name, value: this.contents(ofClass, { shape, count, at: called.next, depth }) }
  }

  private contents(ofClass: number, about: { shape: number[]; count: number; at: number; depth: number }): MatValue {
    const { shape, count, at, depth } = about
    if (ofClass === cellClass) return { kind: 'cells', shape, cells: this.list(at, count, depth).values }
    if (ofClass === structClass) return { kind: 'struct', shape, elements: this.struct(at, count, depth) }
    if (ofClass < charClass || ofClass > 15) throw new Error(`arrays of class ${ofClass} hold no data that can be read`)
    const values = this.numbers(this.element(at))
    if (ofClass === charClass) return { kind: 'text', text: String.fromCharCode(...values.slice(0, 65_536)) }
    return { kind: 'numbers', shape, values }
  }

  private list(from: number, count: number, depth: number): { values: MatValue[]; next: number } {
    const values: MatValue[] = []
    let at = from
    for (let i = 0; i < count; i++) {
      const element = this.element(at)
      values.push(this.matrix(element, depth + 1).value)
      at = element.next
    }
    return { values, next: at }
  }

  private struct(from: number, count: number, depth: number): Map<string, MatValue>[] {
    const lengthElement = this.element(from)
    const [length = 32] = this.numbers(lengthElement)
    const namesElement = this.element(lengthElement.next)
    const raw = Buffer.from(this.bytes.subarray(namesElement.at, namesElement.at + namesElement.size)).toString(
      'latin1',
    )
    const names = Array.from(
      { length: Math.floor(raw.length / length) },
      (_, i) => raw.slice(i * length, (i + 1) * length).split('\0')[0] ?? '',
    )
    if (names.length === 0) return []
    const { values } = this.list(namesElement.next, count * names.length, depth)
    return Array.from(
      { length: count },
      (_, i) => new Map(names.map((name, k) => [name, values[i * names.length + k] as MatValue])),
    )
  }

  private numbers({ type, at, size }: Element): number[] {
    const found = numberTypes[type]
    if (!found) throw new Error(`an element of type ${type} is no list of numbers`)
    return Array.from({ length: Math.floor(size / found.size) }, (_, i) =>
      found.read(this.view, at + i * found.size, this.little),
    )
  }
}
