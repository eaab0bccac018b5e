import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxOnStage, fit, panBy, toPicture, toStage, zoomAt, zoomLimits } from '@renderer/canvas/stage/view-transform'

const picture = { width: 320, height: 240 }
const stage = { width: 800, height: 480 }

test('the fitted picture is whole and in the middle', () => {
  const view = fit(picture, stage)
  expect(view.scale).toBe(2)
  expect(boxOnStage(view, { x1: 0, y1: 0, x2: 320, y2: 240 })).toEqual({ x1: 80, y1: 0, x2: 720, y2: 480 })
})

test('a margin is kept free on all sides', () => {
  expect(boxOnStage(fit(picture, stage, 60), { x1: 0, y1: 0, x2: 320, y2: 240 })).toMatchObject({ y1: 60, y2: 420 })
})

const number = fc.double({ min: -2000, max: 2000, noNaN: true })

test('zooming keeps what lies under the pointer', () => {
  fc.assert(
    fc.property(number, number, fc.double({ min: 0.2, max: 5, noNaN: true }), (x, y, factor) => {
      const before = fit(picture, stage)
      const after = zoomAt(before, { x, y }, factor, before.scale)
      const [a, b] = [toPicture(before, { x, y }), toPicture(after, { x, y })]
      expect(b.x).toBeCloseTo(a.x, 6)
      expect(b.y).toBeCloseTo(a.y, 6)
    }),
  )
})

test('zoom stops at its limits', () => {
  const fitted = fit(picture, stage)
  expect(zoomAt(fitted, { x: 0, y: 0 }, 1e6, fitted.scale).scale).toBe(zoomLimits.most)
  expect(zoomAt(fitted, { x: 0, y: 0 }, 1e-6, fitted.scale).scale).toBe(fitted.scale * zoomLimits.least)
})

test('stage and picture coordinates are inverse', () => {
  const view = panBy(zoomAt(fit(picture, stage), { x: 17, y: 400 }, 1.7, 2), { x: -31, y: 12 })
  const back = toPicture(view, toStage(view, { x: 12.25, y: 200.5 }))
  expect(back.x).toBeCloseTo(12.25, 9)
  expect(back.y).toBeCloseTo(200.5, 9)
})
