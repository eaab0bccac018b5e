import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuMs } from '../../../../support/cpu-time'
import { type DenseBox, keyframesOf, linked, shownFrames } from '@main/interchange/kit/dense-track'

const at = (frame: number, x: number, occluded = false): DenseBox => {
  return { frame, box: { x1: x, y1: 0, x2: x + 10, y2: 20 }, occluded }
}

test('a box that stands still for 200,000 frames is two key frames, at once', () => {
  const boxes = Array.from({ length: 200_000 }, (_, frame) => at(frame, 5))
  const started = cpuMs()
  expect(keyframesOf(boxes, 200_000).map(({ frame }) => frame)).toEqual([0, 199_999])
  expect(cpuMs() - started).toBeLessThan(5_000)
})

test('what is left out lies on the line between what is kept, and hiding is kept', () => {
  const boxes = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.boolean()), { maxLength: 30 })
  fc.assert(
    fc.property(boxes, (some) => {
      const dense = some.flatMap(([x, isOccluded, isThere], frame) => (isThere ? [at(frame, x, isOccluded)] : []))
      const shown = [...shownFrames(keyframesOf(dense, some.length), some.length)]
      expect(shown.map(({ frame, occluded }) => [frame, occluded])).toEqual(
        dense.map(({ frame, occluded }) => [frame, occluded]),
      )
      for (const [i, { box }] of shown.entries())
        expect(Math.abs(box.x1 - dense[i]!.box.x1)).toBeLessThanOrEqual(0.0051)
    }),
  )
})

test('boxes without a name go on with the one they cover most in the frame before, and not over a gap', () => {
  const tracks = linked([at(0, 0), at(0, 100), at(1, 101), at(1, 1), at(3, 1)])
  expect(tracks.map((track) => track.map(({ frame, box }) => [frame, box.x1]))).toEqual([
    [
      [0, 0],
      [1, 1],
    ],
    [
      [0, 100],
      [1, 101],
    ],
    [[3, 1]],
  ])
})
