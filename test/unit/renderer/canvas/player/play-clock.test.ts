import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameAtTime, shuttled, speeds, steppedSpeed } from '@renderer/canvas/player/play-clock'

const whole = { first: 0, last: 99, loop: false }

test('real time shows fps frames a second', () => {
  expect(frameAtTime({ frame: 10, at: 1000, speed: 1, fps: 25 }, 2000, whole)).toEqual({ frame: 35, ended: false })
})

test('a tenth of the speed shows a tenth of the frames', () => {
  expect(frameAtTime({ frame: 0, at: 0, speed: 0.1, fps: 25 }, 1000, whole).frame).toBe(2)
})

test('playing ends on the last frame, backwards on the first', () => {
  expect(frameAtTime({ frame: 90, at: 0, speed: 1, fps: 25 }, 1000, whole)).toEqual({ frame: 99, ended: true })
  expect(frameAtTime({ frame: 10, at: 0, speed: -1, fps: 25 }, 1000, whole)).toEqual({ frame: 0, ended: true })
})

test('a loop goes round within its range for ever', () => {
  const loop = { first: 20, last: 29, loop: true }
  fc.assert(
    fc.property(fc.nat({ max: 1e7 }), fc.constantFrom(-4, -1, -0.1, 0.1, 1, 4), (now, speed) => {
      const { frame, ended } = frameAtTime({ frame: 25, at: 0, speed, fps: 30 }, now, loop)
      expect(ended).toBe(false)
      expect(frame >= 20 && frame <= 29).toBe(true)
    }),
  )
  expect(frameAtTime({ frame: 29, at: 0, speed: 1, fps: 10 }, 100, loop).frame).toBe(20)
  expect(frameAtTime({ frame: 20, at: 0, speed: -1, fps: 10 }, 100, loop).frame).toBe(29)
})

test('L plays, then faster; J turns round', () => {
  expect(shuttled(null, 1)).toBe(1)
  expect(shuttled(1, 1)).toBe(2)
  expect(shuttled(2, 1)).toBe(4)
  expect(shuttled(4, 1)).toBe(4)
  expect(shuttled(4, -1)).toBe(-1)
  expect(shuttled(-1, -1)).toBe(-2)
  expect(shuttled(0.25, 1)).toBe(1)
})

test('the speed goes up and down its ladder and stops at the ends', () => {
  expect(speeds.map((speed) => steppedSpeed(speed, 1))).toEqual([0.25, 0.5, 1, 2, 4, 4])
  expect(speeds.map((speed) => steppedSpeed(speed, -1))).toEqual([0.1, 0.1, 0.25, 0.5, 1, 2])
})
