import { expect, test } from 'vitest'
import { gripAt, gripPoint, grips, pulled } from '@renderer/canvas/stage/grips'

const box = { x1: 10, y1: 10, x2: 30, y2: 20 }

test('each grip lies on the box and is found there', () => {
  for (const grip of grips) expect(gripAt(box, gripPoint(box, grip), 2)).toBe(grip)
})

test('no grip is found in the middle or away from the box', () => {
  expect(gripAt(box, { x: 20, y: 15 }, 2)).toBeNull()
  expect(gripAt(box, { x: 33, y: 20 }, 2)).toBeNull()
})

test('in a tiny box the corners win', () => {
  const tiny = { x1: 0, y1: 0, x2: 2, y2: 2 }
  expect(gripAt(tiny, { x: 1.9, y: 1.9 }, 4)).toBe('se')
})

test('pulling nothing changes nothing', () => {
  for (const grip of grips) expect(pulled(box, grip, { x: 0, y: 0 })).toEqual(box)
})
