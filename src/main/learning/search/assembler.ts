/*
 * Just enough of WebAssembly, binary format 1.0 with 128-bit vectors, to write the inner loops of explaining by hand: one
 * function per module over a memory that the caller brings. Code is a list of bytes; a word is a function that gives some.
 */

const op = {
  ...{ loop: 0x03, end: 0x0b, branchIf: 0x0d, get: 0x20, set: 0x21, constant: 0x41 },
  ...{ isZero: 0x45, lessThan: 0x49 },
} as const
const [i32, v128, nothing] = [0x7f, 0x7b, 0x40]

type Code = number[]

export const add = [0x6a]
export const subtract = [0x6b]
export const multiply = [0x6c]
export const isZero = [op.isZero]
export const number = (value: number): Code => [op.constant, ...signed(value)]

const simd = (code: number): Code => [0xfd, ...unsigned(code)]

/** Words for vectors of four numbers, whole (I) or of single precision (F). */
export const vector = {
  load: (offset = 0): Code => [...simd(0x00), 2, ...unsigned(offset)],
  store: (offset = 0): Code => [...simd(0x0b), 2, ...unsigned(offset)],
  whole: (...lanes: [number, number, number, number]): Code => [...simd(0x0c), ...bytesOf(Int32Array.from(lanes))],
  single: (value: number): Code => [...simd(0x0c), ...bytesOf(new Float32Array(4).fill(value))],
  /** Four neighbouring lanes of the eight of two vectors, from lane `first` on. */
  window: (first: number): Code => [...simd(0x0d), ...Array.from({ length: 16 }, (_, byte) => 4 * first + byte)],
  splat: simd(0x11),
  lessI: simd(0x39),
  greaterI: simd(0x3b),
  lessF: simd(0x43),
  greaterF: simd(0x44),
  and: simd(0x4e),
  /** The first where the mask on top is set, else the second. */
  select: simd(0x52),
  addI: simd(0xae),
  addF: simd(0xe4),
  multiplyF: simd(0xe6),
  /** One instruction each, unlike min and max, which order zeros and NaN. */
  smaller: simd(0xea),
  larger: simd(0xeb),
} as const

/** The names of a function's parameters and locals, all whole numbers but the vectors. */
interface Names<P extends string, N extends string, V extends string> {
  parameters: readonly P[]
  numbers: readonly N[]
  vectors: readonly V[]
}

/** Words for the parameters and locals of one function, and the function itself. */
export function assembler<P extends string, N extends string, V extends string>(names: Names<P, N, V>) {
  type Name = P | N | V
  const { parameters, numbers, vectors } = names
  const all: readonly Name[] = [...parameters, ...numbers, ...vectors]
  const get = (name: Name): Code => [op.get, ...unsigned(all.indexOf(name))]
  const set = (name: Name, value: Code): Code => [...value, op.set, ...unsigned(all.indexOf(name))]
  return {
    get,
    set,
    /** name += value */
    raise: (name: P | N, value: Code): Code => set(name, [...get(name), ...value, ...add]),
    /** Counts `counter` from 0 to `limit`, at least once. */
    loop(counter: N, limit: P | N, body: Code): Code {
      const next = set(counter, [...get(counter), ...number(1), ...add])
      const again = [...get(counter), ...get(limit), op.lessThan, op.branchIf, 0]
      return [...set(counter, number(0)), op.loop, nothing, ...body, ...next, ...again, op.end]
    },
    /** Compiled once; `openFunction` gives it a memory. */
    compile(body: Code): WebAssembly.Module {
      const locals = [2, ...unsigned(numbers.length), i32, ...unsigned(vectors.length), v128]
      return moduleOf(parameters.length, [...locals, ...body, op.end])
    },
  }
}

/** The function of a module, at work in `memory`; parameters in the order of their names. */
export function openFunction<P extends number[]>(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): (...parameters: P) => void {
  return new WebAssembly.Instance(module, { host: { memory } }).exports.run as (...parameters: P) => void
}

function moduleOf(parameters: number, code: Code): WebAssembly.Module {
  const section = (id: number, content: Code) => [id, ...unsigned(content.length), ...content]
  const text = (word: string) => [word.length, ...Buffer.from(word)]
  return new WebAssembly.Module(
    new Uint8Array([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, parameters, ...Array<number>(parameters).fill(i32), 0]),
      ...section(2, [1, ...text('host'), ...text('memory'), 2, 0, 1]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...text('run'), 0, 0]),
      ...section(10, [1, ...unsigned(code.length), ...code]),
    ]),
  )
}

const bytesOf = ({ buffer }: Int32Array | Float32Array): Code => [...new Uint8Array(buffer)]

function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}
