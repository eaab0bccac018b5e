import { expect, test } from 'vitest'
import type { Outcome } from '@shared/contract/evaluation'
import { ClassId, VideoId } from '@shared/ids'
import { compared } from '@renderer/views/review/compare-outcomes'
import { anOutcome } from '../../../../support/fake-measures'

const of = (video: string, iou: number, more: Partial<Outcome> = {}) =>
  anOutcome(0, { video: VideoId.parse(video), iou, hitRank: iou > 0 ? 1 : null, ...more })

test('a question is fixed, broken, wrong twice or right twice; the rows are those of the later evaluation', () => {
  const before = [of('v1', 0.1), of('v2', 0.6), of('v3', 0), of('v4', 0.7)]
  const after = [of('v1', 0.5), of('v2', 0.2), of('v3', 0.1), of('v4', 0.8)]
  const { parts } = compared(before, after, 0.3)
  expect(Object.fromEntries(Object.entries(parts).map(([part, rows]) => [part, rows.map(({ iou }) => iou)]))).toEqual({
    fixed: [0.5],
    broken: [0.2],
    bothWrong: [0.1],
    bothRight: [0.8],
  })
})

test('another pair of classes of the same video is another question', () => {
  const { parts, onlyBefore, onlyAfter } = compared(
    [of('v1', 0.5)],
    [of('v1', 0.5, { neg: ClassId.parse('c7') }), of('v2', 0.5)],
    0.3,
  )
  expect(Object.values(parts).flat()).toEqual([])
  expect([onlyBefore, onlyAfter]).toEqual([1, 2])
})

test('only best outputs of clips that were classified rightly are compared', () => {
  const { parts, onlyAfter } = compared(
    [of('v1', 0.1)],
    [of('v1', 0.5, { rank: 1 }), of('v1', 0.9, { label: null })],
    0.3,
  )
  expect(Object.values(parts).flat()).toEqual([])
  expect(onlyAfter).toBe(0)
})
