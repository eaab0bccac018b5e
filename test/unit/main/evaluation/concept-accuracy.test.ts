import { describe, expect, test } from 'vitest'
import { conceptRank, mostCovered, overlaps } from '@main/evaluation/concept-accuracy'

const box = (x1: number, x2: number) => ({ x1, y1: 0, x2, y2: 10 })

describe('concept accuracy', () => {
  test('an attribute ranks by the overlap of its boxes with the tube; ties are pessimistic', () => {
    const ious = new Map([
      [0, 0.5],
      [1, 0.2],
      [2, 0.5],
    ])
    expect(conceptRank(0, ious)).toBe(2)
    expect(conceptRank(1, ious)).toBe(3)
  })

  test('no overlap is never a hit, nor is an attribute without boxes', () => {
    expect(conceptRank(0, new Map([[0, 0]]))).toBeNull()
    expect(conceptRank(7, new Map([[0, 0.3]]))).toBeNull()
  })

  test('a tube with boxes at one place and one frame: volume, key frame and frame by frame', () => {
    const region = [box(0, 10), box(0, 10), null]
    const truth = new Map([[4, [[box(0, 10)], [box(5, 15)], []]]])
    expect(overlaps(region, truth, 'volume').get(4)).toBeCloseTo(150 / 250, 9)
    expect(overlaps(region, truth, 'keyframe').get(4)).toBe(1)
    expect(overlaps(region, truth, 'framewise').get(4)).toBeCloseTo((1 + 1 / 3) / 2, 9)
  })

  test('two boxes of one attribute in a frame count as the area that they cover together', () => {
    const truth = new Map([[0, [[box(0, 10), box(5, 15)]]]])
    expect(overlaps([box(0, 15)], truth, 'volume').get(0)).toBe(1)
  })

  test('what a tube covers most is the largest overlap, or nothing', () => {
    expect(
      mostCovered(
        new Map([
          [3, 0.1],
          [5, 0.4],
        ]),
      ),
    ).toBe(5)
    expect(mostCovered(new Map([[3, 0]]))).toBeNull()
  })
})
