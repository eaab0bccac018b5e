import { expect, test } from 'vitest'
import type { Keyframe } from '@shared/geometry/track'
import { laneOf, nextKeyframe, retimeLimits } from '@renderer/canvas/timeline/track-lane'

function key(frame: number, more: Partial<Keyframe> = {}): Keyframe {
  return { frame, box: { x1: 0, y1: 0, x2: 1, y2: 1 }, outside: false, occluded: false, ...more }
}

test('a lane has a gap where the object is outside, and goes on to the end', () => {
  const lane = laneOf([key(2), key(5, { outside: true }), key(8)], 12)
  expect(lane.spans).toEqual([
    { from: 2, to: 4 },
    { from: 8, to: 11 },
  ])
  expect(lane.keyframes).toEqual([
    { frame: 2, outside: false, proposed: false },
    { frame: 5, outside: true, proposed: false },
    { frame: 8, outside: false, proposed: false },
  ])
})

test('an occluded stretch lasts until the next key frame', () => {
  expect(laneOf([key(2, { occluded: true }), key(6), key(9, { occluded: true })], 11).occluded).toEqual([
    { from: 2, to: 5 },
    { from: 9, to: 10 },
  ])
})

test('what is proposed spans the way to it from the last box that somebody set, and from it on', () => {
  const found = { proposed: true }
  expect(
    laneOf([key(0), key(2), key(6, found), key(8, found), key(9, { ...found, outside: true })], 12).proposed,
  ).toEqual([{ from: 2, to: 8 }])
  expect(laneOf([key(2), key(5, found)], 9).proposed).toEqual([{ from: 2, to: 8 }])
  expect(laneOf([key(2), key(5)], 9).proposed).toEqual([])
})

test('the next key frame is the nearest of any track in that direction', () => {
  const tracks = [
    [key(0), key(20)],
    [key(7), key(12)],
  ]
  expect(nextKeyframe(tracks, 7, 1)).toBe(12)
  expect(nextKeyframe(tracks, 7, -1)).toBe(0)
  expect(nextKeyframe(tracks, 20, 1)).toBeNull()
  expect(nextKeyframe(tracks, 0, -1)).toBeNull()
})

test('a key frame can be retimed up to its neighbours and no further than the video', () => {
  const keyframes = [key(4), key(10), key(20)]
  expect(retimeLimits(keyframes, 10, 30)).toEqual({ from: 5, to: 19 })
  expect(retimeLimits(keyframes, 4, 30)).toEqual({ from: 0, to: 9 })
  expect(retimeLimits(keyframes, 20, 30)).toEqual({ from: 11, to: 29 })
})
