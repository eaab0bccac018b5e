import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameClock } from '@main/interchange/kit/seconds'

const clockOf = (fps: number, timestampsMs: (number | null)[]) =>
  new FrameClock({ fps, timestampsMs: () => timestampsMs })

test.each([24, 25, 29.97, 30, 60])(
  'at %d frames a second a time rounded to milliseconds means the frame it was taken from',
  (fps) => {
    const clock = clockOf(
      fps,
      Array.from({ length: 300 }, (_, i) => (i * 1000) / fps + 66),
    )
    for (let frame = 0; frame < 300; frame++) expect(clock.frameAt(clock.secondsOf(frame))).toBe(frame)
    for (const outside of [-1, 300 / fps + 1]) expect(clock.frameAt(outside)).toBeNull()
  },
)

test('whatever the gaps of a video, the frame shown nearest is found, the first of two as near', () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.boolean()), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(gaps, fc.integer({ min: -100, max: 4_000 }), (steps, at) => {
      let sum = 0
      const times = steps.map(([gap, isKnown]) => ((sum += gap), isKnown ? sum : null))
      const first = times.find((time) => time !== null) ?? 0
      const shown = times.map((time, frame) => (time === null ? frame * 40 : time - first))
      const off = shown.map((time) => Math.abs(time - at))
      const nearest = Math.min(...off)
      expect(clockOf(25, times).frameAt(at / 1000)).toBe(nearest <= 21 ? off.indexOf(nearest) : null)
    }),
  )
})
