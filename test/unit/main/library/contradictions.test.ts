import { expect, test } from 'vitest'
import { contradictionsOf } from '@main/library/contradictions'
import type { ImportRow, Split } from '@shared/contract/library'
import { VideoId } from '@shared/ids'

const [v1, v2] = ['v1', 'v2'].map((id) => VideoId.parse(id))
const planned = (path: string, of: string | null, split: Split | null) => ({ path, name: path, class: of, split })
const row = (path: string, video: VideoId | null, duplicate: boolean): ImportRow => {
  const facts = { status: 'ok', reason: null, frames: 9, rotateClockwise: 0, width: 4, height: 4 } as const
  return { path, video, duplicate, ...facts }
}

test('files of one film that do not agree are named in the order of the plan, whichever was read first', () => {
  const plan = [
    planned('a', 'Jump', 'train'),
    planned('b', 'Run', 'train'),
    planned('c', 'Jump', 'test'),
    planned('d', null, null),
    planned('e', 'Run', 'test'),
  ]
  const rows = [
    row('c', v1!, false),
    row('a', v1!, true),
    row('b', v1!, true),
    row('d', v2!, false),
    row('e', v2!, true),
  ]
  const found = [
    {
      video: v1,
      about: 'class',
      isNew: true,
      says: [
        { path: 'a', value: 'Jump' },
        { path: 'b', value: 'Run' },
        { path: 'c', value: 'Jump' },
      ],
    },
    {
      video: v1,
      about: 'split',
      isNew: true,
      says: [
        { path: 'a', value: 'train' },
        { path: 'b', value: 'train' },
        { path: 'c', value: 'test' },
      ],
    },
  ]
  expect(contradictionsOf(plan, rows)).toEqual(found)
  expect(contradictionsOf(plan, rows.reverse())).toEqual(found)
})
