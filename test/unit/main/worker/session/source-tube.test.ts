import fc from 'fast-check'
import { expect, test } from 'vitest'
import { regionOfTube, tubeOf } from '@main/worker/session/source-tube'

const affine = { scaleX: 4, scaleY: 3, offsetX: 10, offsetY: 0 }

test('boxes of a clip land on the source frames and pixels they were cut from', () => {
  const region = [null, { x1: 1, y1: 2, x2: 3, y2: 4 }]
  expect(tubeOf(region, { frames: [8, 9], affine })).toEqual([{ frame: 9, box: { x1: 14, y1: 6, x2: 22, y2: 12 } }])
})

test('a frame that was sampled twice has one box', () => {
  const box = { x1: 0, y1: 0, x2: 1, y2: 1 }
  expect(tubeOf([box, box, box], { frames: [0, 1, 0], affine }).map(({ frame }) => frame)).toEqual([0, 1])
})

test('there and back again is where it was', () => {
  const side = fc.double({ min: 0, max: 64, noNaN: true })
  const box = fc.option(fc.record({ x1: side, y1: side, x2: side, y2: side }))
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 8 }), (region) => {
      const place = { frames: region.map((_, t) => t * 2), affine }
      regionOfTube(tubeOf(region, place), place).forEach((back, t) => {
        const given = region[t]
        if (!given) return expect(back).toBeNull()
        for (const key of ['x1', 'y1', 'x2', 'y2'] as const) expect(back![key]).toBeCloseTo(given[key], 6)
      })
    }),
  )
})
