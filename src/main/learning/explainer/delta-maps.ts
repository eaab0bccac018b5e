import { cellCount, type Grid, type ScoreMap } from '@main/learning/search/score-map'
import { slack } from '@main/learning/search/search-space'
import { shapes } from '@main/learning/search/shapes'
import type { ExplainerModel } from './explainer-model'
import { type MixKernel, openMix } from './mix-kernel'
import { eachProduct, type Features, type Pair } from './products'

/** Score maps of one pair, in rising order of tap and shape, and the mean of all their cells. */
export interface PairMaps {
  maps: readonly ScoreMap[]
  mean: number
}

/**
 * Score maps of every pair, tap and shape (Kanehira et al. 2019, eq. 3-4 and 4.1):
 *   delta_m(pos, neg, s) = conv(h, (w_pos - w_neg) * (1 + w_s))
 * Kernels are subtracted first, so the maps of all classes and attributes are never formed. The engine multiplies
 * features and kernels; what the nine cells of a kernel give is added up and mixed into four shapes in the memory of the
 * model's searches. The maps are zero padded at the border, signed, before any ReLU.
 * @param visit is told the maps of each pair in turn, which the next pair overwrites: a search needs no copy of them
 */
export function eachPair(
  model: ExplainerModel,
  features: Features,
  pairs: readonly Pair[],
  visit: (found: PairMaps, p: number) => void,
): void {
  const room = new MapRoom(model)
  eachProduct(model, features, pairs, (products, p) => visit(room.mix(products), p))
}

/** Copies of the maps of every pair, as `eachPair` tells them. */
export function deltaMaps(model: ExplainerModel, features: Features, pairs: readonly Pair[]): ScoreMap[][] {
  const all: ScoreMap[][] = []
  eachPair(model, features, pairs, ({ maps }) => all.push(maps.map(copyOf)))
  return all
}

/** A map that outlives its memory. */
export function copyOf(map: ScoreMap): ScoreMap {
  return { ...map, values: map.values.slice(map.offset, map.offset + cellCount(map.grid)), offset: 0 }
}

/** Where the products of one pair become its maps, in the memory of the model's searches. */
class MapRoom {
  private readonly kernel: MixKernel
  private readonly maps: readonly ScoreMap[]
  private readonly products: Float32Array
  /** Sums of each frame over all shapes, four lanes each. */
  private readonly totals: Float32Array
  private readonly cells: number

  constructor(private readonly model: ExplainerModel) {
    const { grids, space } = model
    const sizes = grids.map(roomOf)
    const columns = Math.max(...grids.map(({ cols }) => cols))
    const products = 9 * Math.max(...grids.map(cellCount))
    const [forTotals, forMaps] = [4 * Math.max(...grids.map(({ frames }) => frames)), shapes.length * sum(sizes)]
    // One row and a vector more: what the kernel reads beyond the border, and does not use.
    const room = space.room(forTotals + forMaps + products + columns + slack, grids)
    this.kernel = openMix(space.memory)
    this.totals = room.subarray(0, forTotals)
    this.products = room.subarray(forTotals + forMaps)
    this.maps = grids.flatMap((grid, tap) =>
      shapes.map((_, shape) => {
        const at = forTotals + shapes.length * sum(sizes.slice(0, tap)) + shape * (sizes[tap] as number)
        return { grid, values: room.subarray(at, at + cellCount(grid)), offset: 0, tap, shape }
      }),
    )
    this.cells = shapes.length * sum(grids.map(cellCount))
  }

  /** @param products per tap, [9, T, rows, cols] */
  mix(products: readonly Float32Array[]): PairMaps {
    let total = 0
    for (const [tap, grid] of this.model.grids.entries()) {
      this.products.set(products[tap] as Float32Array)
      const { frames, rows, cols } = grid
      const { byteOffset } = (this.maps[tap * shapes.length] as ScoreMap).values
      const places = [this.products.byteOffset, byteOffset, 4 * roomOf(grid), this.totals.byteOffset] as const
      this.kernel(...places, frames, rows, cols, Math.ceil(cols / 4))
      total += sum(this.totals.subarray(0, 4 * frames))
    }
    return { maps: this.maps, mean: total / this.cells }
  }
}

/** Numbers from one map to the next, in whole vectors. */
function roomOf(grid: Grid): number {
  return Math.ceil((cellCount(grid) + slack) / 4) * 4
}

function sum(numbers: readonly number[] | Float32Array): number {
  let total = 0
  for (let i = 0; i < numbers.length; i++) total += numbers[i] as number
  return total
}
