/*
 * The inner loop of the search, in WebAssembly with 128-bit vectors: four neighbouring cells at once, without a branch.
 * In JavaScript nearly every comparison of a noisy map is mispredicted, and a search takes some fifteen times as long.
 */
import { add, assembler, multiply, number, openFunction, subtract, vector } from './assembler'

const { get, set, raise, loop, compile } = assembler({
  // Addresses in bytes; columns of the map, and vectors that hold a row of it.
  parameters: ['values', 'sums', 'frames', 'rows', 'cols', 'vectors', 'result'],
  numbers: ['frame', 'row', 'vector', 'pitch', 'skipped', 'toNext', 'from'],
  vectors: ['place', 'lanes', 'past', 'previous', 'current', 'next', 'around', 'sum', 'best', 'bestPlace'],
})

/** What is sought: the largest sums, or the smallest. */
interface Direction {
  better: number[]
  isBetter: number[]
  worst: number
}

const highest: Direction = { better: vector.larger, isBetter: vector.greaterF, worst: -Infinity }
const lowest: Direction = { better: vector.smaller, isBetter: vector.lessF, worst: Infinity }

const zero = vector.single(0)
const fromLeft = vector.window(3)
const fromRight = vector.window(1)

/** The best of three cells above each other in the frame before, one vector of columns, `offset` bytes on. */
function bestOfColumn(offset: number, { better }: Direction): number[] {
  const at = (line: number[]) => [...get('from'), ...line, ...vector.load(offset)]
  const [middle, below] = [get('pitch'), [...get('pitch'), ...number(2), ...multiply]]
  return [...at([]), ...at([...middle, ...add]), ...better, ...at([...below, ...add]), ...better]
}

/** S = M + max of the nine S before, cut at 0; keeps the largest S and its place per lane. */
const oneVector = (direction: Direction) => [
  ...set('next', bestOfColumn(16, direction)),
  ...set('around', [
    ...[...get('previous'), ...get('current'), ...fromLeft, ...get('current'), ...direction.better],
    ...[...get('current'), ...get('next'), ...fromRight, ...direction.better],
  ]),
  ...set('sum', [
    // What lies in the lanes after the last column is no cell, and must not be a neighbour either.
    ...[...get('values'), ...vector.load(), ...zero, ...get('around'), ...direction.better, ...vector.addF],
    ...[...vector.single(direction.worst), ...get('lanes'), ...get('past'), ...vector.lessI, ...vector.select],
  ]),
  ...[...get('from'), ...get('toNext'), ...add, ...get('sum'), ...vector.store()],
  ...set('bestPlace', [
    ...[...get('place'), ...get('bestPlace')],
    ...[...get('sum'), ...get('best'), ...direction.isBetter, ...vector.select],
  ]),
  ...set('best', [...get('best'), ...get('sum'), ...direction.better]),
  ...set('previous', get('current')),
  ...set('current', get('next')),
  ...(['place', 'lanes'] as const).flatMap((name) =>
    set(name, [...get(name), ...vector.whole(4, 4, 4, 4), ...vector.addI]),
  ),
  ...(['values', 'from'] as const).flatMap((name) => raise(name, number(16))),
]

const oneRow = (direction: Direction) => [
  ...set('previous', zero),
  ...set('current', bestOfColumn(0, direction)),
  ...set('lanes', vector.whole(0, 1, 2, 3)),
  ...loop('vector', 'vectors', oneVector(direction)),
  ...raise('values', get('skipped')),
  // Over the border at the end of the row.
  ...raise('from', number(16)),
]

const body = (direction: Direction) => [
  ...set('pitch', [...get('vectors'), ...number(16), ...multiply, ...number(16), ...add]),
  // From the row above a cell in one frame to its own row in the next, in which there are rows + 2.
  ...set('toNext', [...get('rows'), ...number(3), ...add, ...get('pitch'), ...multiply]),
  ...set('skipped', [
    ...get('cols'),
    ...number(4),
    ...multiply,
    ...get('vectors'),
    ...number(16),
    ...multiply,
    ...subtract,
  ]),
  ...set('past', [...get('cols'), ...vector.splat]),
  ...set('place', vector.whole(0, 1, 2, 3)),
  ...set('best', vector.single(direction.worst)),
  ...set('from', get('sums')),
  ...loop('frame', 'frames', [
    ...loop('row', 'rows', oneRow(direction)),
    // Over the border below one frame and the one above the next.
    ...raise('from', [...get('pitch'), ...number(2), ...multiply]),
  ]),
  ...[...get('result'), ...get('best'), ...vector.store(0)],
  ...[...get('result'), ...get('bestPlace'), ...vector.store(16)],
]

const modules = { highest: compile(body(highest)), lowest: compile(body(lowest)) }

/**
 * @param places `values`: M, [T, rows, cols], with room for three more numbers after it. `sums`: S, [1 + T, 1 + rows + 1,
 * 4 * vectors + 4], with zeros in the first frame and all around each; the rest is written. `result`: the best sum of
 * each lane, then its place in [T, rows, 4 * vectors], the first of equals.
 */
export type SearchKernel = (
  ...places: [values: number, sums: number, frames: number, rows: number, cols: number, vectors: number, result: number]
) => void

/** The search for the largest (1) and the smallest sums (-1), in the numbers of `memory`. */
export function openKernels(memory: WebAssembly.Memory): Record<1 | -1, SearchKernel> {
  return { [1]: openFunction(modules.highest, memory), [-1]: openFunction(modules.lowest, memory) }
}
