import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyframesInOrder, keyframesOf, shownFrames } from '@main/interchange/kit/dense-track'
import { PackedBoxes } from '@main/interchange/kit/packed-boxes'

const anyBox = fc.record({
  frame: fc.nat(60),
  box: fc.tuple(fc.nat(50), fc.nat(50)).map(([x1, y1]) => ({ x1, y1, x2: x1 + 10, y2: y1 + 10 })),
  occluded: fc.boolean(),
})

/** Whole pixels, the decimals that files give, sums of those, and what no file rounds. */
const anySide = fc.oneof(
  fc.integer({ min: -50, max: 5000 }),
  fc.integer({ min: -50_000, max: 5_000_000 }).map((thousandths) => thousandths / 1000),
  fc.tuple(fc.nat(5000), fc.nat(5000)).map(([a, b]) => a / 10 + b / 10),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
)
const oddBox = fc.record({
  frame: fc.oneof(fc.nat(60), fc.double({ min: 0, max: 1e12, noNaN: true })),
  box: fc.record({ x1: anySide, y1: anySide, x2: anySide, y2: anySide }),
  occluded: fc.boolean(),
})

test('boxes of any numbers come out as they went in, to a billionth of a pixel', () => {
  fc.assert(
    fc.property(fc.array(oddBox, { maxLength: 40 }), (boxes) => {
      const out = packed(boxes).all()
      expect(out.map(({ frame, occluded }) => [frame + 0, occluded])).toEqual(
        boxes.map(({ frame, occluded }) => [frame + 0, occluded]),
      )
      for (const [i, { box }] of out.entries())
        for (const side of ['x1', 'y1', 'x2', 'y2'] as const)
          expect(Math.abs(box[side] - boxes[i]!.box[side])).toBeLessThanOrEqual(1e-9)
    }),
  )
})

function packed(boxes: Parameters<PackedBoxes['push']>[0][]): PackedBoxes {
  const all = new PackedBoxes()
  for (const one of boxes) all.push(one)
  return all
}

test('boxes come out as they went in, or in order of their frames, the later one of two', () => {
  fc.assert(
    fc.property(fc.array(anyBox, { maxLength: 40 }), (boxes) => {
      const all = packed(boxes)
      expect(all.all()).toEqual(boxes)
      const byFrame = new Map(boxes.map((one) => [one.frame, one]))
      expect([...all.inOrder()]).toEqual([...byFrame.values()].sort((a, b) => a.frame - b.frame))
    }),
  )
})

test('key frames of boxes in any order show those boxes and no others', () => {
  fc.assert(
    fc.property(fc.array(anyBox, { minLength: 1, maxLength: 40 }), fc.option(fc.constant(61)), (boxes, end) => {
      const keyframes = keyframesInOrder(packed(boxes).inOrder(), end)
      expect(keyframes).toEqual(keyframesOf(boxes, end))
      const wanted = [...packed(boxes).inOrder()]
      const shown = [...shownFrames(keyframes, end ?? wanted.at(-1)!.frame + 1)]
      expect(shown.map(({ frame, occluded }) => [frame, occluded])).toEqual(
        wanted.map(({ frame, occluded }) => [frame, occluded]),
      )
      for (const [i, { box }] of shown.entries())
        for (const side of ['x1', 'y1', 'x2', 'y2'] as const)
          expect(Math.abs(box[side] - wanted[i]!.box[side])).toBeLessThan(0.01)
    }),
  )
})
