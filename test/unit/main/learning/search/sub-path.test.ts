import fc from 'fast-check'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { bestTube, type Link } from '@main/learning/search/best-tube'
import { maxTubeDense, minTubeDense } from '../../../../support/dense-layer'
import type { CellTube, Grid, ScoreMap } from '@main/learning/search/score-map'
import { trimmedTube } from '@main/learning/search/trim'
import { everyTube } from '../../../../support/every-tube'

const fixed = { movement: 1, link: 'fixed' } as const

function mapOf(grid: Grid, values: readonly number[], more: Partial<ScoreMap> = {}): ScoreMap {
  return { grid, values: Float32Array.from(values), offset: 0, tap: 0, shape: 0, ...more }
}

const places = ({ cells }: CellTube) => cells.map(({ frame, row, col }) => [frame, row, col])

/** Maps of small whole numbers: sums are exact and ties common. */
const maps = (size: { frames: number; rows: number; cols: number }) =>
  fc
    .record({
      frames: fc.integer({ min: 1, max: size.frames }),
      rows: fc.integer({ min: 1, max: size.rows }),
      cols: fc.integer({ min: 1, max: size.cols }),
    })
    .chain((grid) => {
      const length = grid.frames * grid.rows * grid.cols
      return fc
        .array(fc.integer({ min: -4, max: 4 }), { minLength: length, maxLength: length })
        .map((values) => mapOf(grid, values))
    })

test('the enumeration counts the tubes of a 3x3 grid: 9, 67, 414, 2442, 14271 for one to five frames', () => {
  const counts = [1, 2, 3, 4, 5].map(
    (frames) => everyTube(new Float32Array(frames * 9), { frames, rows: 3, cols: 3 }, 1).length,
  )
  expect(counts).toEqual([9, 67, 414, 2442, 14271])
})

describe('the search', () => {
  test('finds one of the best of all tubes', () => {
    fc.assert(
      fc.property(maps({ frames: 4, rows: 3, cols: 3 }), (map) => {
        const all = everyTube(map.values, map.grid, 1)
        const highest = Math.max(...all.map((tube) => tube.score))
        const found = bestTube([map], 1, fixed)
        expect(Math.abs(found.score - highest)).toBe(0)
        expect(all.filter((tube) => tube.score === highest).map((tube) => tube.cells)).toContainEqual(places(found))
      }),
      { numRuns: 60 },
    )
  })

  test('finds one of the lowest of all tubes, by duality', () => {
    fc.assert(
      fc.property(maps({ frames: 4, rows: 3, cols: 2 }), (map) => {
        const lowest = Math.min(...everyTube(map.values, map.grid, 1).map((tube) => tube.score))
        expect(Math.abs(bestTube([map], -1, fixed).score - lowest)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('with a movement of two or none agrees with all tubes of that movement', () => {
    fc.assert(
      fc.property(maps({ frames: 3, rows: 3, cols: 4 }), fc.constantFrom(0, 2), (map, movement) => {
        const highest = Math.max(...everyTube(map.values, map.grid, movement).map((tube) => tube.score))
        expect(Math.abs(bestTube([map], 1, { movement, link: 'fixed' }).score - highest)).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  test('a map of negative numbers gives its best single cell', () => {
    const grid = { frames: 3, rows: 2, cols: 2 }
    const tube = bestTube([mapOf(grid, [-5, -4, -3, -9, -2, -8, -7, -6, -5, -5, -5, -5])], 1, fixed)
    expect(tube.score).toBe(-2)
    expect(places(tube)).toEqual([[1, 0, 0]])
  })

  test('a spike in the first frame is found although nothing follows it', () => {
    const grid = { frames: 3, rows: 1, cols: 2 }
    expect(places(bestTube([mapOf(grid, [0, 9, -1, -1, -1, -1])], 1, fixed))).toEqual([[0, 0, 1]])
  })

  test('a tube starts late and ends early', () => {
    const grid = { frames: 5, rows: 1, cols: 1 }
    expect(places(bestTube([mapOf(grid, [-3, 2, 4, -9, 1])], 1, fixed))).toEqual([
      [1, 0, 0],
      [2, 0, 0],
    ])
  })

  test('a path that moves one cell per frame is followed, one that jumps two is broken', () => {
    const grid = { frames: 3, rows: 1, cols: 5 }
    const low = -9
    const walking = [5, low, low, low, low, low, 5, low, low, low, low, low, 5, low, low]
    const jumping = [5, low, low, low, low, low, low, 5, low, low, low, low, low, low, 6]
    expect(bestTube([mapOf(grid, walking)], 1, fixed).score).toBe(15)
    expect(places(bestTube([mapOf(grid, jumping)], 1, fixed))).toEqual([[2, 0, 4]])
  })

  test('of equal tubes the one that ends first wins, then the first in rows; going back it stays in place', () => {
    const flat = mapOf({ frames: 2, rows: 2, cols: 2 }, [0, 0, 0, 0, 0, 0, 0, 0])
    expect(places(bestTube([flat], 1, fixed))).toEqual([[0, 0, 0]])
    const tied = mapOf({ frames: 2, rows: 1, cols: 3 }, [1, 1, 1, -5, 3, -5])
    expect(places(bestTube([tied], 1, fixed))).toEqual([
      [0, 0, 1],
      [1, 0, 1],
    ])
  })

  test('of several maps the best is taken, the first of equals', () => {
    const grid = { frames: 1, rows: 1, cols: 2 }
    const list = [
      mapOf(grid, [1, 2], { shape: 0 }),
      mapOf(grid, [3, 0], { shape: 1 }),
      mapOf(grid, [0, 3], { shape: 2 }),
    ]
    const tube = bestTube(list, 1, fixed)
    expect(tube.cells[0]).toMatchObject({ shape: 1, col: 0 })
  })

  test('taps of different resolution are searched each in its own cells', () => {
    const fine = mapOf({ frames: 1, rows: 2, cols: 2 }, [0, 0, 0, 1], { tap: 0 })
    const coarse = mapOf({ frames: 1, rows: 1, cols: 1 }, [2], { tap: 1 })
    for (const link of ['fixed', 'free', 'neighbour'] as const)
      expect(bestTube([fine, coarse], 1, { movement: 1, link }).cells[0]).toMatchObject({ tap: 1, row: 0, col: 0 })
  })

  test('freedom never lowers the best: fixed <= neighbour <= free', () => {
    const four = maps({ frames: 3, rows: 2, cols: 2 }).chain((map) =>
      fc
        .array(
          fc.array(fc.integer({ min: -4, max: 4 }), { minLength: map.values.length, maxLength: map.values.length }),
          { minLength: 4, maxLength: 4 },
        )
        .map((lists) => lists.map((values, shape) => mapOf(map.grid, values, { shape }))),
    )
    fc.assert(
      fc.property(four, (list) => {
        const score = (link: Link) => bestTube(list, 1, { movement: 1, link }).score
        expect(score('neighbour')).toBeGreaterThanOrEqual(score('fixed'))
        expect(score('free')).toBeGreaterThanOrEqual(score('neighbour'))
        const perCell = Float32Array.from(list[0]!.values, (_, i) => Math.max(...list.map((map) => map.values[i]!)))
        expect(score('free')).toBe(bestTube([mapOf(list[0]!.grid, [...perCell])], 1, fixed).score)
      }),
      { numRuns: 40 },
    )
  })

  test('trimming keeps what stands out of a map that is positive everywhere', () => {
    const map = mapOf({ frames: 6, rows: 1, cols: 1 }, [1, 1, 8, 9, 1, 1])
    expect(bestTube([map], 1, fixed).cells).toHaveLength(6)
    const trimmed = trimmedTube(map, 1)
    expect(trimmed.cells.map((cell) => cell.frame)).toEqual([2, 3])
    expect(trimmed.score).toBe(17)
  })
})

describe('the dense layer of Figure 3', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu')
  })

  test('has the value of the search, for the maximum and the minimum', () => {
    fc.assert(
      fc.property(maps({ frames: 4, rows: 3, cols: 3 }), (map) => {
        tf.tidy(() => {
          const { frames, rows, cols } = map.grid
          const tensor = tf.tensor3d(map.values, [frames, rows, cols])
          expect(Math.abs(maxTubeDense(tensor, 1).dataSync()[0]! - bestTube([map], 1, fixed).score)).toBe(0)
          expect(Math.abs(minTubeDense(tensor, 1).dataSync()[0]! - bestTube([map], -1, fixed).score)).toBe(0)
        })
      }),
      { numRuns: 30 },
    )
  })

  test('has the gradient of the search: ones on the tube, away from ties', () => {
    const values = Float32Array.from({ length: 4 * 3 * 3 }, (_, i) => Math.sin(3.7 * i) + 0.01 * i)
    const map = mapOf({ frames: 4, rows: 3, cols: 3 }, [...values])
    const gradient = tf.tidy(() =>
      tf
        .grad((m: tf.Tensor) => maxTubeDense(m as tf.Tensor3D, 1))(tf.tensor3d(values, [4, 3, 3]))
        .dataSync(),
    )
    const onTube = new Float32Array(values.length)
    for (const { frame, row, col } of bestTube([map], 1, fixed).cells) onTube[(frame * 3 + row) * 3 + col] = 1
    expect([...gradient]).toEqual([...onTube])
  })
})
