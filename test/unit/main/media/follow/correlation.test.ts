import { expect, test } from 'vitest'
import { type Gray, bestMatch, bordered, contrastOf, grayOf, patchOf } from '@main/media/follow/correlation'

/** Reproducible noise of 0 to 255. */
function noise(width: number, height: number, seed: number): Gray {
  let state = seed
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  return { width, height, values: Float32Array.from({ length: width * height }, () => 255 * next()) }
}

const whole = (picture: Gray, patch: Gray) => ({
  ...{ x1: 0, y1: 0 },
  ...{ x2: picture.width - patch.width, y2: picture.height - patch.height },
})

test('a patch is found where it was taken from', () => {
  const picture = noise(40, 30, 7)
  const patch = patchOf(picture, 17, 9, { width: 8, height: 6 })
  const found = bestMatch(picture, patch, whole(picture, patch))!
  expect(found.score).toBeCloseTo(1, 5)
  expect(found.x).toBeCloseTo(17, 0)
  expect(found.y).toBeCloseTo(9, 0)
})

test('neither brightness nor contrast changes what is found', () => {
  const picture = noise(40, 30, 7)
  const patch = patchOf(picture, 17, 9, { width: 8, height: 6 })
  const dim = { ...picture, values: picture.values.map((value) => 20 + 0.3 * value) }
  expect(bestMatch(dim, patch, whole(picture, patch))!.score).toBeCloseTo(1, 4)
})

test('what is not there is unlike, and an empty range has no match', () => {
  const [picture, other] = [noise(40, 30, 7), noise(8, 6, 99)]
  expect(bestMatch(picture, other, whole(picture, other))!.score).toBeLessThan(0.6)
  expect(bestMatch(picture, other, { x1: 3, y1: 0, x2: 2, y2: 5 })).toBeNull()
})

test('a picture of one colour has no contrast, and matches nothing', () => {
  const flat = grayOf({ width: 10, height: 10, pixels: new Uint8Array(300).fill(90) })
  expect(flat.values[0]).toBeCloseTo(90, 3)
  expect(contrastOf(flat)).toBeCloseTo(0)
  const patch = noise(4, 4, 3)
  expect(bestMatch(flat, patch, whole(flat, patch))!.score).toBe(0)
})

test('the middle of a patch, a third of its pixels, counts more than all the rest', () => {
  const patch = noise(12, 12, 5)
  const other = noise(12, 12, 77)
  const place = (x: number, y: number) => Math.hypot(x - 5.5, y - 5.5) < 4
  const mixed = (inner: Gray, outer: Gray): Gray => ({
    ...patch,
    values: patch.values.map((_, i) => (place(i % 12, Math.floor(i / 12)) ? inner : outer).values[i]!),
  })
  const score = (picture: Gray) => bestMatch(picture, patch, whole(picture, patch))!.score
  expect(score(mixed(patch, other))).toBeGreaterThan(0.65)
  expect(score(mixed(other, patch))).toBeLessThan(0.5)
})

test('a border goes on with the edge of the picture', () => {
  const { width, height, values } = bordered({ width: 2, height: 1, values: Float32Array.of(3, 9) }, { x: 2, y: 1 })
  expect([width, height]).toEqual([6, 3])
  expect([...values]).toEqual([3, 3, 3, 9, 9, 9, 3, 3, 3, 9, 9, 9, 3, 3, 3, 9, 9, 9])
})
