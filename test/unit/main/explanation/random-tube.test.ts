import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxesAlong, centredBoxes } from '@main/explanation/matched-area'
import { randomTube } from '@main/explanation/random-tube'
import { maskedPixels, type Region, regionPixels } from '@main/explanation/region'
import { random } from '@main/learning/random'

const size = { frames: 8, height: 48, width: 64 }

/** Tubes whose boxes differ from frame to frame, lie at odd places, and are cut at the border as the method's are. */
const tubes = fc
  .record({
    start: fc.integer({ min: 0, max: 5 }),
    steps: fc.array(
      fc.tuple(fc.double({ min: -6, max: 66, noNaN: true }), fc.double({ min: -6, max: 50, noNaN: true })),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    side: fc.double({ min: 9, max: 24, noNaN: true }),
  })
  .map(({ start, steps, side }): Region =>
    Array.from({ length: size.frames }, (_, t) => {
      const at = steps[t - start]
      if (!at) return null
      const [x, y] = at
      return {
        ...{ x1: Math.max(0, x - side / 2), y1: Math.max(0, y - side / 2) },
        ...{ x2: Math.min(size.width, x + side / 2), y2: Math.min(size.height, y + side / 2) },
      }
    }),
  )
  .filter((tube) => maskedPixels(tube, size) > 0)

const areas = (region: Region) =>
  regionPixels(region, size).flatMap((box) => (box ? [[box.x2 - box.x1, box.y2 - box.y1]] : []))
const inside = (region: Region) =>
  region.every((box) => !box || Math.min(box.x1, box.y1, size.width - box.x2, size.height - box.y2) >= 0)

test('a random tube masks exactly the pixels of the given one, frame by frame, inside the picture', () => {
  fc.assert(
    fc.property(tubes, fc.nat(), (tube, seed) => {
      const drawn = randomTube(tube, size, { reach: { x: 8, y: 8 }, stream: random(seed) })
      expect(areas(drawn)).toEqual(areas(tube))
      expect(inside(drawn)).toBe(true)
    }),
  )
})

test('the centre crop and any other path are made exactly as large', () => {
  fc.assert(
    fc.property(tubes, tubes, (tube, path) => {
      expect(areas(centredBoxes(tube, size))).toEqual(areas(tube))
      const along = boxesAlong(path, tube, { size, weights: Array.from({ length: size.frames }, () => 1) })
      expect(areas(along)).toEqual(areas(tube))
      expect(inside(along)).toBe(true)
    }),
  )
})

test('a random tube begins anywhere it fits, in space and in time', () => {
  const tube: Region = Array.from({ length: 8 }, (_, t) => (t < 7 ? { x1: 0, y1: 0, x2: 60, y2: 46 } : null))
  const stream = random(1)
  const starts = new Set<string>()
  for (let i = 0; i < 300; i++) {
    const drawn = randomTube(tube, size, { reach: { x: 0, y: 0 }, stream })
    const first = drawn.find((box) => box !== null)!
    starts.add(`${drawn.indexOf(first)} ${first.x1} ${first.y1}`)
  }
  expect(starts.size).toBe(2 * 5 * 3)
})

test('a longer path is followed where it weighs most, a shorter one is waited at', () => {
  const box = (x: number) => ({ x1: x, y1: 0, x2: x + 8, y2: 8 })
  const path = Array.from({ length: 8 }, (_, t) => box(4 * t))
  const like: Region = Array.from({ length: 8 }, (_, t) => (t < 2 ? box(40) : null))
  const part = boxesAlong(path, like, { size, weights: [0, 0, 0, 9, 9, 0, 0, 0] })
  expect(part).toEqual([null, null, null, box(12), box(16), null, null, null])
  const held = boxesAlong(like, path, { size, weights: [] })
  expect(held).toEqual(Array.from({ length: 8 }, () => box(40)))
})

test('the same seed gives the same tube', () => {
  const tube: Region = Array.from({ length: 8 }, () => ({ x1: 0, y1: 0, x2: 8, y2: 8 }))
  expect(randomTube(tube, size, { stream: random(4) })).toEqual(randomTube(tube, size, { stream: random(4) }))
})
