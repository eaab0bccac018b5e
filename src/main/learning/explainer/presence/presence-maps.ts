import { copyOf, deltaMaps } from '@main/learning/explainer/delta-maps'
import { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { Features, Pair } from '@main/learning/explainer/products'
import { cellCount, type ScoreMap } from '@main/learning/search/score-map'
import type { PresenceHead } from './presence-head'
import { cellAt } from './tube-reading'

/**
 * g_s of some attributes: what the head says of every cell, shape by shape, read at all taps together, without the
 * class prior. As maps on each tap's own cells, in the order of an explainer's score maps.
 */
export function presenceMaps(
  model: ExplainerModel,
  head: PresenceHead,
  { features, attributes }: { features: Features; attributes: readonly number[] },
): ScoreMap[][] {
  const pairs = attributes.map((_, k) => ({ pos: k, neg: attributes.length, attribute: 0 }))
  const found = deltaMaps(onlyWords(model, head, attributes), features, pairs)
  return found.map((maps, k) => presenceOf(model, head, { maps, attribute: attributes[k] as number }))
}

/**
 * The explainer with the head's words as further classes, one more class whose kernels are zero, and an attribute that
 * adds nothing: what a word says of a cell is then its score against nothing, and one product serves both.
 */
export function withWords(model: ExplainerModel, head: PresenceHead): ExplainerModel {
  const { taps, frames, pooling, weights, space, classes, attributes } = model
  const kernels = weights.map((own, tap) => {
    const size = 9 * own.scale.length
    const all = new Float32Array((classes + attributes + 1) * size)
    all.set(own.classes)
    all.set(head.words[tap] as Float32Array, classes * size)
    const words = new Float32Array((attributes + 1) * size)
    words.set(own.attributes)
    return { classes: all, attributes: words, scale: own.scale }
  })
  const shape = { taps, frames, classes: classes + attributes + 1, attributes: attributes + 1 }
  return new ExplainerModel(shape, pooling, kernels, { space })
}

/** The words of these attributes alone as classes, one more class and one attribute whose kernels are zero. */
function onlyWords(model: ExplainerModel, head: PresenceHead, attributes: readonly number[]): ExplainerModel {
  const { taps, frames, pooling, weights, space } = model
  const kernels = weights.map(({ scale }, tap) => {
    const size = 9 * scale.length
    const words = head.words[tap] as Float32Array
    const classes = new Float32Array((attributes.length + 1) * size)
    for (const [k, s] of attributes.entries()) classes.set(words.subarray(s * size, (s + 1) * size), k * size)
    return { classes, attributes: new Float32Array(size), scale }
  })
  return new ExplainerModel({ taps, frames, classes: attributes.length + 1, attributes: 1 }, pooling, kernels, {
    space,
  })
}

/** The question to the kernels of `withWords` that tells where attribute `s` is. */
export function wordPair({ classes, attributes }: ExplainerModel, s: number): Pair {
  return { pos: classes + s, neg: classes + attributes, attribute: attributes }
}

/** g_s from the score maps of its word. The maps may be overwritten afterwards. */
export function presenceOf(
  model: ExplainerModel,
  head: PresenceHead,
  { maps, attribute }: { maps: readonly ScoreMap[]; attribute: number },
): ScoreMap[] {
  return together(model, maps.map(copyOf), head.bias[attribute] ?? 0)
}

/** Sums over taps on the cells of each; taps with the same cells share theirs. */
function together(model: ExplainerModel, maps: readonly ScoreMap[], bias: number): ScoreMap[] {
  const sums: ScoreMap[] = []
  for (const own of maps) {
    const same = sums.find(({ tap, shape }) => shape === own.shape && sameCells(model, tap, own.tap))
    sums.push(same ? { ...same, tap: own.tap } : sumOver(model, maps, own, bias))
  }
  return sums
}

/** Each number from the cell of each tap that is nearest to it. */
function sumOver(model: ExplainerModel, maps: readonly ScoreMap[], own: ScoreMap, bias: number): ScoreMap {
  const values = own.values.slice()
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) + bias
  for (const other of maps) {
    if (other.shape !== own.shape || other.tap === own.tap) continue
    if (sameCells(model, own.tap, other.tap)) addAll(values, other.values)
    else addAt(values, other.values, nearestCells(model, own, other))
  }
  return { ...own, values }
}

function addAll(values: Float32Array, more: Float32Array): void {
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) + (more[at] as number)
}

function addAt(values: Float32Array, more: Float32Array, places: Int32Array): void {
  for (let at = 0; at < values.length; at++)
    values[at] = (values[at] as number) + (more[places[at] as number] as number)
}

function sameCells(model: ExplainerModel, a: number, b: number): boolean {
  const [one, other] = [model.geometry(a), model.geometry(b)]
  const [mine, theirs] = [model.grids[a], model.grids[b]]
  return (
    (['strideX', 'strideY', 'offsetX', 'offsetY'] as const).every((key) => one[key] === other[key]) &&
    mine?.rows === theirs?.rows &&
    mine?.cols === theirs?.cols
  )
}

function nearestCells(model: ExplainerModel, own: ScoreMap, other: ScoreMap): Int32Array {
  const { rows, cols } = own.grid
  return Int32Array.from({ length: cellCount(own.grid) }, (_, at) => {
    const [frame, within] = [Math.floor(at / (rows * cols)), at % (rows * cols)]
    const cell = { frame, row: Math.floor(within / cols), col: within % cols, tap: own.tap, shape: own.shape }
    const { row, col } = cellAt(model, cell, other.tap)
    return (frame * other.grid.rows + row) * other.grid.cols + col
  })
}

/** Standard deviation over all cells of some maps. */
export function deviation(maps: readonly ScoreMap[]): number {
  let [sum, squares, count] = [0, 0, 0]
  for (const { values, offset, grid } of maps) {
    const end = offset + cellCount(grid)
    for (let at = offset; at < end; at++) {
      const value = values[at] as number
      sum += value
      squares += value * value
    }
    count += cellCount(grid)
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}
