/*
 * The inner loop of the search, in WebAssembly with 128-bit vectors: four neighbouring cells at once, without a branch.
 * In JavaScript nearly every comparison of a noisy map is mispredicted, and a search takes some fifteen times as long.
 */

const op = {
  ...{ loop: 0x03, end: 0x0b, branchIf: 0x0d, get: 0x20, set: 0x21, constant: 0x41 },
  ...{ lessThan: 0x49, add: 0x6a, subtract: 0x6b, multiply: 0x6c },
} as const
const [i32, v128, nothing] = [0x7f, 0x7b, 0x40]

/** Parameters and locals of the one function, by their numbers. */
const local = {
  // Parameters: addresses in bytes, counts of rows and of vectors per row.
  ...{ values: 0, sums: 1, before: 2, after: 3, frames: 4, rows: 5, vectors: 6, result: 7 },
  // Counters and addresses.
  ...{ frame: 8, row: 9, vector: 10, pitch: 11, from: 12, to: 13, index: 14, swap: 15, at: 16 },
  // Vectors.
  ...{ best: 17, bestIndex: 18, sum: 19 },
} as const
const [addresses, vectors] = [9, 3]

const get = (name: keyof typeof local) => [op.get, local[name]]
const set = (name: keyof typeof local, value: number[]) => [...value, op.set, local[name]]
const number = (value: number) => [op.constant, ...signed(value)]
const simd = (code: number) => [0xfd, ...unsigned(code)]
const load = (offset: number) => [...simd(0x00), 2, offset]
const store = (offset: number) => [...simd(0x0b), 2, offset]
const splat = simd(0x11)
const greater = simd(0x44)
const select = simd(0x52)
const addIndices = simd(0xae)
const addSums = simd(0xe4)
const larger = simd(0xeb)
const constantVector = (bytes: readonly number[]) => [...simd(0x0c), ...bytes]

/** Counts `counter` from 0 to `limit`, at least once. */
function loop(counter: keyof typeof local, limit: keyof typeof local, body: number[]): number[] {
  const next = set(counter, [...get(counter), ...number(1), op.add])
  const again = [...get(counter), ...get(limit), op.lessThan, op.branchIf, 0]
  return [...set(counter, number(0)), op.loop, nothing, ...body, ...next, ...again, op.end]
}

/** The three neighbours in a row, of which `from` + `shift` is the middle one. */
function threeAround(shift: number[]): number[] {
  const address = set('at', [...get('from'), ...shift, ...number(4), op.subtract])
  return [...address, ...[0, 4, 8].flatMap((offset) => [...get('at'), ...load(offset), ...(offset ? larger : [])])]
}

/** S = M + max of the nine S before, which were cut at 0; keeps the largest S and its place per lane. */
const oneVector = [
  ...threeAround([...get('pitch'), op.subtract]),
  ...threeAround([]),
  ...larger,
  ...threeAround([...get('pitch'), op.add]),
  ...larger,
  ...get('values'),
  ...load(0),
  ...addSums,
  ...[op.set, local.sum],
  ...[...get('sums'), ...get('sum'), ...store(0)],
  ...[...get('to'), ...constantVector(Array<number>(16).fill(0)), ...get('sum'), ...larger, ...store(0)],
  ...set('bestIndex', [
    ...[...get('index'), ...splat, ...constantVector([0, 1, 2, 3].flatMap((lane) => [lane, 0, 0, 0])), ...addIndices],
    ...get('bestIndex'),
    ...[...get('sum'), ...get('best'), ...greater],
    ...select,
  ]),
  ...set('best', [...get('best'), ...get('sum'), ...larger]),
  ...(['values', 'sums', 'from', 'to'] as const).flatMap((name) => set(name, [...get(name), ...number(16), op.add])),
  ...set('index', [...get('index'), ...number(4), op.add]),
]

const oneFrame = [
  ...set('from', [...get('before'), ...get('pitch'), op.add, ...number(16), op.add]),
  ...set('to', [...get('after'), ...get('pitch'), op.add, ...number(16), op.add]),
  ...loop('row', 'rows', [
    ...loop('vector', 'vectors', oneVector),
    // Over the padding at both ends of a row.
    ...(['from', 'to'] as const).flatMap((name) => set(name, [...get(name), ...number(32), op.add])),
  ]),
  ...set('swap', get('before')),
  ...set('before', get('after')),
  ...set('after', get('swap')),
]

const minusInfinity = [0, 0, 0x80, 0xff]

const body = [
  ...[2, addresses, i32, vectors, v128],
  ...set('pitch', [...get('vectors'), ...number(16), op.multiply, ...number(32), op.add]),
  ...set('best', constantVector([0, 1, 2, 3].flatMap(() => minusInfinity))),
  ...loop('frame', 'frames', oneFrame),
  ...[...get('result'), ...get('best'), ...store(0)],
  ...[...get('result'), ...get('bestIndex'), ...store(16)],
  op.end,
]

const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content]
const text = (word: string) => [word.length, ...Buffer.from(word)]

const kernelBytes = new Uint8Array([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 8, ...Array<number>(8).fill(i32), 0]),
  ...section(2, [1, ...text('host'), ...text('memory'), 2, 0, 1]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...text('search'), 0, 0]),
  ...section(10, [1, ...unsigned(body.length), ...body]),
])

/** Compiled once; each space of a search has its own instance and memory. */
const kernel = new WebAssembly.Module(kernelBytes)

export type SearchKernel = (
  ...places: [
    values: number,
    sums: number,
    before: number,
    after: number,
    frames: number,
    rows: number,
    vectors: number,
    result: number,
  ]
) => void

export function openKernel(memory: WebAssembly.Memory): SearchKernel {
  return new WebAssembly.Instance(kernel, { host: { memory } }).exports.search as SearchKernel
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}
