import { expect, test } from 'vitest'
import type { Keyframe } from '@shared/geometry/track'
import { framesOf, tubeIou } from '@main/campaigns/agreement/tubes'
import { keyframesOf } from '@main/campaigns/consensus/keyframes'
import { medianFrames } from '@main/campaigns/consensus/median-tube'
import { objectsOf } from '@main/campaigns/consensus/objects'
import { aKeyframe } from '../../../../support/project'

const frames = 30
const tube = (...keyframes: Keyframe[]) => framesOf(keyframes, frames)
const still = (x: number, from = 0) => tube(aKeyframe(from, x))

test('tracks of one object are found together, whoever drew them in whichever order', () => {
  const people = [
    [still(0), still(100)].map((one, i) => ({ of: `a${i}`, frames: one })),
    [still(101), still(1)].map((one, i) => ({ of: `b${i}`, frames: one })),
    [{ of: 'c0', frames: still(2) }],
    [],
  ]
  const groups = objectsOf(people, 0.3).map(({ members }) => members.map(({ of }) => of).sort())
  expect(groups.sort((a, b) => b.length - a.length)).toEqual([
    ['a0', 'b1', 'c0'],
    ['a1', 'b0'],
  ])
})

test('of two that would fit, the pairs are those with the highest sum, and one person has an object once', () => {
  const people = [
    [
      { of: 'a left', frames: still(0) },
      { of: 'a right', frames: still(4) },
    ],
    [
      { of: 'b left', frames: still(3) },
      { of: 'b right', frames: still(7) },
    ],
  ]
  const groups = objectsOf(people, 0.2).map(({ members }) => members.map(({ of }) => of).sort())
  expect(groups.sort()).toEqual([
    ['a left', 'b left'],
    ['a right', 'b right'],
  ])
})

test('the median is there while most see the object, and forgets who is far off', () => {
  const median = medianFrames([still(0, 4), still(2, 6), still(90, 8)])
  expect(median.slice(3, 7)).toEqual([null, null, null, { x1: 1, y1: 0, x2: 11, y2: 10 }])
  expect(median[8]).toEqual({ x1: 2, y1: 0, x2: 12, y2: 10 })
})

test('a few key frames say where the median is to half a pixel, gaps and all', () => {
  const path = tube(
    aKeyframe(2, 0),
    aKeyframe(9, 70),
    aKeyframe(12, 70, { outside: true }),
    aKeyframe(15, 70),
    aKeyframe(22, 0),
    aKeyframe(25, 0, { outside: true }),
  )
  const keyframes = keyframesOf(path)
  expect(keyframes.length).toBeLessThan(10)
  const again = framesOf(keyframes, frames)
  expect(again.map((box) => box === null)).toEqual(path.map((box) => box === null))
  expect(tubeIou(again, path)).toBeGreaterThan(0.98)
})
