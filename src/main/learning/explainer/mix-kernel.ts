/*
 * From products to score maps, in WebAssembly with 128-bit vectors: the nine products of a pair are read once, added up at
 * the cells they speak of in the four groups of kernel cells, and mixed into the four shapes.
 */
import {
  add,
  assembler,
  isZero,
  multiply,
  number,
  openFunction,
  subtract,
  vector,
} from '@main/learning/search/assembler'
import { groupOfCell, groupWeights } from './shape-kernels'

const groups = ['centre', 'sides', 'ends', 'corners'] as const
const shifts = groupOfCell.map((_, cell) => `shift${cell}` as const)
const weights = groupWeights.map((_, shape) => groups.map((name) => `${name}In${shape}` as const))

const { get, set, raise, loop, compile } = assembler({
  // Addresses in bytes; columns of the map, and vectors that hold a row of it.
  parameters: ['products', 'maps', 'nextMap', 'totals', 'frames', 'rows', 'cols', 'vectors'],
  numbers: ['frame', 'row', 'vector', 'line', 'plane', 'from', 'to', 'place', ...shifts],
  vectors: [
    ...(['lanes', 'past', 'last', 'hasAbove', 'hasBelow', 'hasLeft', 'hasRight', 'mixed', 'total'] as const),
    ...groups,
    ...weights.flat(),
  ],
})

/** Products of kernel cell `cell` with the features that it reads for the shape's own cell. */
const product = (cell: number) => [...get('from'), ...get(`shift${cell}`), ...add, ...vector.load()]
const only = (mask: Parameters<typeof get>[0]) => [...get(mask), ...vector.and]

/** Nothing lies beyond the border: zeros there. */
const oneVector = [
  ...set('hasLeft', [...get('lanes'), ...vector.whole(0, 0, 0, 0), ...vector.greaterI]),
  ...set('hasRight', [...get('lanes'), ...get('last'), ...vector.lessI]),
  ...set('centre', product(4)),
  ...set('sides', [...product(3), ...only('hasLeft'), ...product(5), ...only('hasRight'), ...vector.addF]),
  ...set('ends', [...product(1), ...only('hasAbove'), ...product(7), ...only('hasBelow'), ...vector.addF]),
  ...set('corners', [
    ...[...product(0), ...only('hasLeft'), ...product(2), ...only('hasRight'), ...vector.addF, ...only('hasAbove')],
    ...[...product(6), ...only('hasLeft'), ...product(8), ...only('hasRight'), ...vector.addF, ...only('hasBelow')],
    ...vector.addF,
  ]),
  ...set('place', get('to')),
  ...weights.flatMap((own, shape) => [
    ...set(
      'mixed',
      groups.flatMap((group, g) => [
        ...[...get(group), ...get(own[g] as (typeof own)[number]), ...vector.multiplyF],
        ...(g > 0 ? vector.addF : []),
      ]),
    ),
    ...[...get('place'), ...get('mixed'), ...vector.store()],
    ...set('total', [
      ...get('total'),
      ...[...get('mixed'), ...get('lanes'), ...get('past'), ...vector.lessI, ...vector.and],
      ...vector.addF,
    ]),
    ...(shape < weights.length - 1 ? raise('place', get('nextMap')) : []),
  ]),
  ...set('lanes', [...get('lanes'), ...vector.whole(4, 4, 4, 4), ...vector.addI]),
  ...(['from', 'to'] as const).flatMap((name) => raise(name, number(16))),
]

/** All bits of each lane where the number on top is not 0. */
const mask = [...isZero, ...number(1), ...subtract, ...vector.splat]

const oneRow = [
  ...set('hasAbove', [...get('row'), ...mask]),
  ...set('hasBelow', [...get('rows'), ...number(1), ...subtract, ...get('row'), ...subtract, ...mask]),
  ...set('lanes', vector.whole(0, 1, 2, 3)),
  ...loop('vector', 'vectors', oneVector),
  // A row ends after its last column; what its last vector wrote beyond is overwritten by the next row.
  ...(['from', 'to'] as const).flatMap((name) =>
    raise(name, [...get('line'), ...get('vectors'), ...number(16), ...multiply, ...subtract]),
  ),
]

const body = [
  ...set('line', [...get('cols'), ...number(4), ...multiply]),
  ...set('plane', [...get('frames'), ...get('rows'), ...multiply, ...get('line'), ...multiply]),
  ...shifts.flatMap((name, cell) => {
    const [down, right] = [Math.floor(cell / 3) - 1, (cell % 3) - 1]
    const lines = [...get('line'), ...number(down), ...multiply, ...number(4 * right), ...add]
    return set(name, [...get('plane'), ...number(cell), ...multiply, ...lines, ...add])
  }),
  ...weights.flatMap((own, shape) =>
    own.flatMap((name, group) => set(name, vector.single(groupWeights[shape]?.[group] ?? 0))),
  ),
  ...set('past', [...get('cols'), ...vector.splat]),
  ...set('last', [...get('cols'), ...number(1), ...subtract, ...vector.splat]),
  ...set('from', get('products')),
  ...set('to', get('maps')),
  ...loop('frame', 'frames', [
    ...set('total', vector.single(0)),
    ...loop('row', 'rows', oneRow),
    ...[...get('totals'), ...get('total'), ...vector.store()],
    ...raise('totals', number(16)),
  ]),
]

const module = compile(body)

/**
 * @param places `products`: of each kernel cell with each cell's features, [9, T, rows, cols], with numbers of any value
 * for one row and a vector more before and after. `maps`: of each shape, [T, rows, cols], `nextMap` bytes apart, with
 * room for three more numbers after each. `totals`: sums of four lanes over all shapes, for each frame.
 */
export type MixKernel = (
  ...places: [
    products: number,
    maps: number,
    nextMap: number,
    totals: number,
    frames: number,
    rows: number,
    cols: number,
    vectors: number,
  ]
) => void

export function openMix(memory: WebAssembly.Memory): MixKernel {
  return openFunction(module, memory)
}
