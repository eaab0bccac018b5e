import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutAt, merge, startAt } from '@main/edits/annotation/track-surgery'
import { type Keyframe, boxAt } from '@shared/geometry/track'
import { aKeyframe } from '../../../../support/project'

const last = 24
const frames = Array.from({ length: last + 1 }, (_, i) => i)

/** Key frames in order with small whole boxes, so that paths differ; the first is visible, as it is in the studio. */
const keyframes = fc
  .uniqueArray(fc.record({ frame: fc.nat(last), x: fc.nat(9), outside: fc.boolean(), occluded: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ frame }) => frame,
  })
  .map((list) =>
    list
      .sort((a, b) => a.frame - b.frame)
      .map(({ frame, x, outside, occluded }, i) => aKeyframe(frame, x, { outside: i > 0 && outside, occluded })),
  )

function expectSameBox(got: Keyframe['box'] | null, wanted: Keyframe['box'] | null, frame: number): void {
  if (!got || !wanted) return expect(got, `frame ${frame}`).toEqual(wanted)
  for (const side of ['x1', 'y1', 'x2', 'y2'] as const) expect(got[side], `frame ${frame}`).toBeCloseTo(wanted[side], 9)
}

const isOrdered = (list: readonly Keyframe[]) => list.every((k, i) => i === 0 || list[i - 1]!.frame < k.frame)

describe('cutting', () => {
  test('leaves every box before the cut where it was, and none from it on', () => {
    fc.assert(
      fc.property(keyframes, fc.nat(last), (track, cut) => {
        const left = cutAt(track, cut)
        expect(isOrdered(left)).toBe(true)
        for (const frame of frames) expectSameBox(boxAt(left, frame), frame < cut ? boxAt(track, frame) : null, frame)
      }),
      { numRuns: 1000 },
    )
  })

  test('at the first key frame leaves nothing of a track', () => {
    expect(cutAt([aKeyframe(5), aKeyframe(9)], 5)).toEqual([])
    expect(cutAt([aKeyframe(5), aKeyframe(9)], 2)).toEqual([])
  })

  test('where the object is outside already only drops what comes later', () => {
    const track = [aKeyframe(0), aKeyframe(4, 0, { outside: true }), aKeyframe(9)]
    expect(cutAt(track, 7)).toEqual(track.slice(0, 2))
  })
})

describe('splitting', () => {
  test('moves no box: each frame has it in the first part or in the second', () => {
    fc.assert(
      fc.property(keyframes, fc.nat(last), (track, at) => {
        const [first, second] = [cutAt(track, at), startAt(track, at)]
        expect(isOrdered(second)).toBe(true)
        for (const frame of frames) {
          expectSameBox(boxAt(first, frame), frame < at ? boxAt(track, frame) : null, frame)
          expectSameBox(boxAt(second, frame), frame >= at ? boxAt(track, frame) : null, frame)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('merging', () => {
  const speaks = (track: readonly Keyframe[], frame: number) =>
    boxAt(track, frame) !== null && (track.some((k) => k.frame === frame) || track.some((k) => k.frame > frame))

  test('keeps the own track wherever it is between key frames, and the other where only that one is', () => {
    fc.assert(
      fc.property(keyframes, keyframes, (own, other) => {
        const merged = merge(own, other)
        expect(isOrdered(merged)).toBe(true)
        for (const frame of frames) {
          if (speaks(own, frame)) expectSameBox(boxAt(merged, frame), boxAt(own, frame), frame)
          else if (speaks(other, frame)) expectSameBox(boxAt(merged, frame), boxAt(other, frame), frame)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('of the two parts of a split gives back every box', () => {
    fc.assert(
      fc.property(keyframes, fc.nat(last), (track, at) => {
        const [first, second] = [cutAt(track, at), startAt(track, at)]
        fc.pre(first.length > 0 && second.length > 0)
        const merged = merge(first, second)
        for (const frame of frames) expectSameBox(boxAt(merged, frame), boxAt(track, frame), frame)
      }),
      { numRuns: 1000 },
    )
  })

  test('of the two parts of a split gives back the very key frames', () => {
    const isIdle = (track: readonly Keyframe[], frame: number) => {
      const without = track.filter((k) => k.frame !== frame)
      return without.length < track.length && boxAt(without, frame) !== null
    }
    fc.assert(
      fc.property(keyframes, fc.nat(last), (track, at) => {
        // A key frame at the seam that says no more than its neighbours is taken for one that the split made.
        fc.pre(!isIdle(track, at) && !isIdle(track, at - 1))
        const [first, second] = [cutAt(track, at), startAt(track, at)]
        fc.pre(first.length > 0 && second.length > 0 && boxAt(track, at) !== null && boxAt(track, at - 1) !== null)
        const merged = merge(first, second)
        expect(merged).toEqual(track)
        expect(merge(second, first)).toEqual(track)
      }),
      { numRuns: 1000 },
    )
  })

  test('joins two tracks that simply end by a straight line, and keeps a gap where the first was outside', () => {
    expect(merge([aKeyframe(0)], [aKeyframe(10, 10)])).toEqual([aKeyframe(0), aKeyframe(10, 10)])
    const ended = [aKeyframe(0), aKeyframe(4, 0, { outside: true })]
    expect(boxAt(merge(ended, [aKeyframe(10, 10)]), 7)).toBeNull()
  })
})
