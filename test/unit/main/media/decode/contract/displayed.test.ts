import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  crfFor,
  displayedSize,
  proxyFps,
  proxySize,
  quarterTurn,
  turnFilters,
  turnOf,
  turnOfMatrix,
} from '@main/media/decode/contract/displayed'

const sides = fc.integer({ min: 1, max: 8192 })

/** The matrix that flips left to right if asked and then turns clockwise: row vectors, y downwards. */
function matrixOf(degrees: number, mirrored: boolean): number[] {
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.round(Math.cos(radians)), Math.round(Math.sin(radians))]
  return mirrored ? [-cos, -sin, -sin, cos] : [cos, sin, -sin, cos]
}

describe('the turn of a display matrix', () => {
  test.each([0, 90, 180, 270] as const)('of %i degrees is found, mirrored or not', (degrees) => {
    for (const mirrored of [false, true])
      expect(turnOfMatrix(matrixOf(degrees, mirrored))).toEqual({ rotateClockwise: degrees, mirrored })
  })

  test('is read from the 36 bytes of a file', () => {
    const bytes = Buffer.alloc(36)
    matrixOf(90, false).forEach((value, i) => bytes.writeInt32LE(value * 65536, [0, 4, 12, 16][i]))
    expect(turnOf(bytes)).toEqual({ rotateClockwise: 90, mirrored: false })
    expect(turnOf(null)).toEqual({ rotateClockwise: 0, mirrored: false })
  })

  test('is rounded to a quarter', () => {
    expect([-90, 44, 46, 359, 450, -180].map(quarterTurn)).toEqual([270, 0, 90, 0, 90, 180])
  })

  test('is undone by filters in the order flip, then turn', () => {
    expect(turnFilters({ rotateClockwise: 90, mirrored: true })).toBe('hflip,transpose=clock,')
    expect(turnFilters({ rotateClockwise: 0, mirrored: false })).toBe('')
  })
})

describe('sizes', () => {
  test('of the displayed picture have square pixels and stand upright', () => {
    const coded = { codedWidth: 352, codedHeight: 288, sar: 16 / 11 }
    const turn = { rotateClockwise: 90 as const, mirrored: false }
    expect(displayedSize(coded, { rotateClockwise: 0, mirrored: false })).toEqual({ width: 512, height: 288 })
    expect(displayedSize(coded, turn)).toEqual({ width: 288, height: 512 })
  })

  test('of a proxy are even, within the cap, and never lose a pixel of a picture that fits', () => {
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 64, max: 4096 }), (width, height, maxSide) => {
        const proxy = proxySize({ width, height }, maxSide)
        expect([proxy.width % 2, proxy.height % 2]).toEqual([0, 0])
        expect(Math.max(proxy.width, proxy.height)).toBeLessThanOrEqual(maxSide + 1)
        expect(Math.min(proxy.width, proxy.height)).toBeGreaterThanOrEqual(2)
        if (Math.max(width, height) > maxSide) return
        expect(proxy.width - width).toBeGreaterThanOrEqual(0)
        expect(proxy.height - height).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('of small pictures get a finer proxy, unless a finer one is set', () => {
    expect([crfFor({ width: 64, height: 128 }, 23), crfFor({ width: 130, height: 64 }, 23)]).toEqual([12, 23])
    expect(crfFor({ width: 64, height: 64 }, 5)).toBe(5)
  })
})

test('the rate of a proxy is a whole number near that of the file', () => {
  expect([29.97, 59.94, 0.2, 1000, null, Infinity].map(proxyFps)).toEqual([30, 60, 1, 120, 30, 30])
})
