import { describe, expect, test } from 'vitest'
import { cellAt, readTube, responseOf } from '@main/learning/explainer/presence/tube-reading'
import type { Cell } from '@main/learning/search/score-map'
import { aTap } from '../../../../../support/a-tap'
import { aPresence, plainResponse } from '../../../../../support/a-presence'

const tubes: Cell[][] = [
  [
    { frame: 0, row: 0, col: 0, tap: 0, shape: 0 },
    { frame: 1, row: 1, col: 0, tap: 0, shape: 0 },
  ],
  [{ frame: 2, row: 3, col: 2, tap: 0, shape: 3 }],
  [
    { frame: 1, row: 1, col: 1, tap: 1, shape: 1 },
    { frame: 2, row: 0, col: 1, tap: 1, shape: 1 },
  ],
]

describe('what a tube covers', () => {
  test('is read at both taps, weighted by its shape and divided by its length, as the formula says', () => {
    const { model, head, features } = aPresence()
    for (const cells of tubes)
      for (const attribute of [0, 1]) {
        const asked = { words: head.words, attribute, cells }
        expect(responseOf(model, features, asked)).toBeCloseTo(plainResponse(model, features, asked), 4)
      }
  })

  test('gives the same as its numbers times the weights', () => {
    const { model, head, features } = aPresence()
    for (const cells of tubes) {
      const read = new Float32Array(9 * (2 + 3)).fill(7)
      readTube(model, features, cells, read)
      const words = [...head.words[0]!.subarray(18), ...head.words[1]!.subarray(27)]
      const product = words.reduce((sum, v, i) => sum + v * read[i]!, 0)
      expect(product).toBeCloseTo(responseOf(model, features, { words: head.words, attribute: 1, cells }), 4)
    }
  })
})

describe('the same place at another tap', () => {
  const place = (row: number, col: number, tap: number) => ({ frame: 0, row, col, tap, shape: 0 })

  test('is the cell whose centre is nearest', () => {
    const { model } = aPresence()
    expect(cellAt(model, place(2, 1, 0), 0)).toEqual({ row: 2, col: 1 })
    expect(cellAt(model, place(3, 3, 0), 1)).toEqual({ row: 1, col: 1 })
    expect(cellAt(model, place(0, 2, 0), 1)).toEqual({ row: 0, col: 1 })
    // The centre of a large cell is the corner of four small ones.
    expect(cellAt(model, place(0, 1, 1), 0)).toEqual({ row: 1, col: 3 })
  })

  test('heeds where the cells begin', () => {
    const { model } = aPresence({ taps: [aTap(), aTap({ name: 'shifted', offsetX: 8 })] })
    expect(cellAt(model, place(1, 2, 0), 1)).toEqual({ row: 1, col: 1 })
    expect(cellAt(model, place(1, 0, 0), 1)).toEqual({ row: 1, col: 0 })
  })
})
