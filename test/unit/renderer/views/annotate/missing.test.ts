import { expect, test } from 'vitest'
import { attributeRows } from '@renderer/views/annotate/attribute-rows'
import { isComplete, missingOf, missingWords } from '@renderer/views/annotate/missing'
import { PersonId, TrackId } from '@shared/ids'
import { anAttribute } from '../../../../support/fake-api'

const attributes = [anAttribute(0), anAttribute(1), anAttribute(2)]
const said = (value: 'present' | 'absent') => (slot: number) =>
  ({ attribute: attributes[slot]!.id, value, source: 'person', annotator: null }) as const
const rows = attributeRows({ attributes, labels: [said('present')(0), said('absent')(1)], tracks: [] })

test('boxes that are only proposed are told of before a video is submitted', () => {
  const box = { x1: 0, y1: 0, x2: 9, y2: 9 }
  const found = { frame: 4, box, outside: false, occluded: false, proposed: true }
  const about = {
    id: TrackId.parse('t'),
    kind: 'attribute',
    source: 'person',
    person: PersonId.parse('owner'),
  } as const
  const tracks = [
    { ...about, attribute: attributes[0]!.id, keyframes: [{ ...found, frame: 1, proposed: false }, found] },
  ]
  const missing = missingOf(attributeRows({ attributes, labels: [said('present')(0)], tracks }), { split: 'train' })
  expect(missingWords(missing)).toBe('2 attributes have no answer and 1 has boxes that are only proposed.')
  expect(isComplete({ ...missing, answers: [] })).toBe(false)
})

test('what has no answer is missing, and in a test video what is present without a box', () => {
  expect(missingWords(missingOf(rows, { split: 'test' }))).toBe('1 attribute has no answer and 1 has no box.')
  expect(missingWords(missingOf(rows, { split: 'train' }))).toBe('1 attribute has no answer.')
  expect(isComplete(missingOf(rows.slice(0, 2), { split: 'train' }))).toBe(true)
  expect(missingWords(missingOf(rows.slice(0, 1), { split: 'test' }))).toBe('1 attribute has no box.')
})
