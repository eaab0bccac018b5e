import { describe, expect, test } from 'vitest'
import { maskClip } from '@main/explanation/masking'

const size = { frames: 2, height: 4, width: 5 }
const colours = { black: [-2, -3, -4] } as const
const input = () => Float32Array.from({ length: 2 * 4 * 5 * 3 }, (_, i) => i + 1)
const region = [{ x1: 1, y1: 2, x2: 3, y2: 4 }, null]

/** Pixels that changed, as [frame, y, x]. */
function changed(masked: Float32Array): number[][] {
  const before = input()
  return Array.from({ length: 40 }, (_, i) => i)
    .filter((i) => [0, 1, 2].some((c) => masked[i * 3 + c] !== before[i * 3 + c]))
    .map((i) => [Math.floor(i / 20), Math.floor((i % 20) / 5), i % 5])
}

describe('masking', () => {
  test('touches the pixels inside the box in its frame and no other; the right and lower edge are outside', () => {
    expect(changed(maskClip(input(), [region], { size, fill: 'mean', colours }))).toEqual([
      [0, 2, 1],
      [0, 2, 2],
      [0, 3, 1],
      [0, 3, 2],
    ])
  })

  test('fills all three channels: with zero, which is the mean colour, or with black', () => {
    const at = (2 * 5 + 1) * 3
    const pixel = (fill: 'mean' | 'black') => [
      ...maskClip(input(), [region], { size, fill, colours }).slice(at, at + 3),
    ]
    expect(pixel('mean')).toEqual([0, 0, 0])
    expect(pixel('black')).toEqual([-2, -3, -4])
  })

  test('fills with what the mean colour is to a network that does not subtract it', () => {
    const at = (2 * 5 + 1) * 3
    const theirs = { ...colours, mean: [0.4, 0.5, 0.75] } as const
    const masked = maskClip(input(), [region], { size, fill: 'mean', colours: theirs })
    expect([...masked.slice(at, at + 3)]).toEqual([expect.closeTo(0.4), 0.5, 0.75])
  })

  test("the clip's own mean colour is taken per channel", () => {
    const at = (2 * 5 + 1) * 3
    const filled = maskClip(input(), [region], { size, fill: 'clip', colours })
    expect([...filled.slice(at, at + 3)]).toEqual([59.5, 60.5, 61.5])
  })

  test('several tubes are masked together, and the clip given stays as it is', () => {
    const given = input()
    const other = [null, { x1: 0, y1: 0, x2: 1, y2: 1 }]
    const masked = maskClip(given, [region, other], { size, fill: 'mean', colours })
    expect(changed(masked)).toHaveLength(5)
    expect(given).toEqual(input())
  })

  test('blurring keeps a flat colour and takes away a spot', () => {
    const flat = new Float32Array(2 * 4 * 5 * 3).fill(3)
    expect([...maskClip(flat, [region], { size, fill: 'blur', colours })]).toEqual([...flat])
    const spot = new Float32Array(2 * 4 * 5 * 3)
    spot[(2 * 5 + 1) * 3] = 9
    expect(maskClip(spot, [region], { size, fill: 'blur', colours })[(2 * 5 + 1) * 3]).toBeLessThan(9)
  })

  test('a box outside the clip masks nothing', () => {
    const outside = [
      { x1: -9, y1: -9, x2: -1, y2: -1 },
      { x1: 50, y1: 0, x2: 60, y2: 9 },
    ]
    expect(changed(maskClip(input(), [outside], { size, fill: 'mean', colours }))).toEqual([])
  })
})
