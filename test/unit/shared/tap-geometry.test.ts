import { expect, test } from 'vitest'
import { mapFrameAt, tapTime } from '@shared/tap-geometry'

const range = (n: number) => Array.from({ length: n }, (_, i) => i)

test('a map that keeps time has a frame for each of the clip', () => {
  const time = tapTime({}, 5)
  expect(range(5).map((t) => mapFrameAt(time, t))).toEqual(range(5))
})

test('a frame of a map with a stride stands for several frames of the clip, and every frame of the clip has one', () => {
  expect(range(8).map((t) => mapFrameAt({ frames: 4, stride: 2, offset: 0 }, t))).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  expect(range(8).map((t) => mapFrameAt({ frames: 4, stride: 2, offset: -0.5 }, t))).toEqual([0, 1, 1, 2, 2, 3, 3, 3])
})
