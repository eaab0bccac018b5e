import { describe, expect, test } from 'vitest'
import { regionOf, regionVolume } from '@main/explanation/region'
import { anExplainer } from '../../../support/explaining'

const size = { frames: 3, height: 32, width: 48 }
const cell = (more: object) => ({ frame: 1, row: 1, col: 2, tap: 0, shape: 0, ...more })

describe('cells as boxes', () => {
  test('a cell is centred on its own middle and as large as its shape, columns across and rows down', () => {
    const model = anExplainer({ cols: 6 })
    // Shape 1 is two rows by three columns.
    expect(regionOf(model, [cell({ shape: 1 })], size)).toEqual([null, { x1: 8, y1: 4, x2: 32, y2: 20 }, null])
    expect(regionOf(model, [cell({ shape: 2 })], size)[1]).toEqual({ x1: 12, y1: 0, x2: 28, y2: 24 })
  })

  test("the tap's own stride and offset place it, each axis its own", () => {
    const model = anExplainer({ strideX: 4, strideY: 8, offsetX: 2, offsetY: -1 })
    expect(regionOf(model, [cell({})], size)[1]).toEqual({ x1: 8, y1: 3, x2: 16, y2: 19 })
  })

  test('boxes end at the border of the clip', () => {
    const model = anExplainer()
    expect(regionOf(model, [cell({ row: 0, col: 0, shape: 3 })], size)[1]).toEqual({ x1: 0, y1: 0, x2: 16, y2: 16 })
  })

  test('pooled features have cells of twice the size', () => {
    const model = anExplainer({ rows: 8, cols: 8 }, 2)
    expect(regionOf(model, [cell({ row: 0, col: 1 })], size)[1]).toEqual({ x1: 8, y1: 0, x2: 40, y2: 24 })
  })

  test('a cell of a map with a stride in time covers all the frames it stands for', () => {
    const model = anExplainer({ time: { frames: 2, stride: 2, offset: 0 } })
    const region = regionOf(model, [cell({ frame: 1 })], { ...size, frames: 4 })
    expect(region.map(Boolean)).toEqual([false, false, true, true])
  })

  test('a volume counts each frame', () => {
    const model = anExplainer()
    const cells = [cell({ frame: 0 }), cell({ frame: 1 })]
    expect(regionVolume(regionOf(model, cells, size))).toBe(2 * 16 * 16)
  })
})
