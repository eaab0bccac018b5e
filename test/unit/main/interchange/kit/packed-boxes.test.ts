import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyframesInOrder, keyframesOf, shownFrames } from '@main/interchange/kit/dense-track'
import { PackedBoxes } from '@main/interchange/kit/packed-boxes'

const anyBox = fc.record({
  frame: fc.nat(60),
  box: fc.tuple(fc.nat(50), fc.nat(50)).map(([x1, y1]) => ({ x1, y1, x2: x1 + 10, y2: y1 + 10 })),
  occluded: fc.boolean(),
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
