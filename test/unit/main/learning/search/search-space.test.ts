import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestTube } from '@main/learning/search/best-tube'
import { cellCount, type Grid, type ScoreMap } from '@main/learning/search/score-map'
import { SearchSpace } from '@main/learning/search/search-space'
import { plainTube } from '../../../../support/plain-explaining'

const fixed = { movement: 1, link: 'fixed' } as const

const grids: fc.Arbitrary<Grid> = fc.record({
  frames: fc.integer({ min: 1, max: 5 }),
  rows: fc.integer({ min: 1, max: 6 }),
  cols: fc.integer({ min: 1, max: 10 }),
})
/** Whole numbers, so that ties are common, or fractions, whose sums are rounded. */
const scores = fc.constantFrom(fc.integer({ min: -3, max: 3 }), fc.float({ min: -3, max: 3, noNaN: true }))

/** One to four maps, not all of one size. */
const someMaps = fc
  .tuple(fc.array(grids, { minLength: 1, maxLength: 4 }), scores)
  .chain(([sizes, score]) =>
    fc.tuple(
      ...sizes.map((grid, shape) =>
        fc
          .array(score, { minLength: cellCount(grid), maxLength: cellCount(grid) })
          .map((values): ScoreMap => ({ grid, values: Float32Array.from(values), offset: 0, tap: 0, shape })),
      ),
    ),
  )

/** The map moved into the room of a space, as the score maps of an explanation are. */
function inRoom(space: SearchSpace, maps: readonly ScoreMap[]): ScoreMap[] {
  const room = space.room(
    maps.reduce((sum, { grid }) => sum + cellCount(grid) + 4, 0),
    maps.map(({ grid }) => grid),
  )
  let offset = 0
  return maps.map((map) => {
    const own = { ...map, values: room, offset }
    room.set(map.values, offset)
    offset += cellCount(map.grid) + 4
    return own
  })
}

/** A zero has no sign here. */
const unsigned = <T extends { score: number }>(tube: T) => ({ ...tube, score: tube.score + 0 })

describe('the search in WebAssembly', () => {
  test('finds the tube of the plain recurrence, the same of equals, in maps of any size one after the other', () => {
    const space = new SearchSpace()
    fc.assert(
      fc.property(
        someMaps,
        fc.constantFrom(1 as const, -1 as const),
        fc.constantFrom(0, 1, 2),
        (maps, sign, movement) => {
          const expected = unsigned(plainTube(maps, sign, movement))
          const search = { ...fixed, movement }
          expect(unsigned(bestTube(maps, sign, search, space))).toEqual(expected)
          expect(unsigned(bestTube(inRoom(space, maps), sign, search, space))).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('leaves the maps in its room as they are', () => {
    fc.assert(
      fc.property(someMaps, (maps) => {
        const space = new SearchSpace()
        const own = inRoom(space, maps)
        for (const sign of [1, -1] as const) bestTube([...own, ...maps], sign, fixed, space)
        own.forEach(({ values, offset, grid }, i) =>
          expect([...values.subarray(offset, offset + cellCount(grid))]).toEqual([...maps[i]!.values]),
        )
      }),
      { numRuns: 50 },
    )
  })

  test('refuses a map whose room is gone', () => {
    const space = new SearchSpace()
    const grid = { frames: 1, rows: 1, cols: 1 }
    const [map] = inRoom(space, [{ grid, values: Float32Array.of(1), offset: 0, tap: 0, shape: 0 }])
    space.room(1000, [{ frames: 2, rows: 9, cols: 9 }])
    expect(() => bestTube([map!], 1, fixed, space)).toThrow(RangeError)
  })
})
