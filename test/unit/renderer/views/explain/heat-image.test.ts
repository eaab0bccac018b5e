import { expect, test } from 'vitest'
import { heatPixels } from '@renderer/views/explain/heat-image'

const map = { frames: [3, 5], rows: 1, cols: 2, values: [0, -2, 4, 1], area: { x1: 0, y1: 0, x2: 8, y2: 4 } }
const cells = (frame: number) => {
  const pixels = heatPixels(map, frame, '#2C9C71')!
  return [pixels.slice(0, 4), pixels.slice(4, 8)].map((pixel) => [...pixel])
}

test('what speaks for A has the colour, the more opaque the more; what speaks for B is dark', () => {
  expect(cells(5)[0]).toEqual([0x2c, 0x9c, 0x71, 215])
  expect(cells(5)[1]![3]).toBeLessThan(215)
  expect(cells(3)[1]).toEqual([0, 0, 0, 60])
})

test('the scale is that of the whole map, so frames compare', () => {
  expect(cells(5)[1]![3]).toBe(Math.round(40 + 175 / 4))
})

test('a frame that was not sampled has no map', () => {
  expect(heatPixels(map, 4, '#2C9C71')).toBeNull()
})
