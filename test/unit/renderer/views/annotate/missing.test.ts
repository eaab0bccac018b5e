import { expect, test } from 'vitest'
import { attributeRows } from '@renderer/views/annotate/attribute-rows'
import { isComplete, missingOf, missingWords } from '@renderer/views/annotate/missing'
import { anAttribute } from '../../../../support/fake-api'

const attributes = [anAttribute(0), anAttribute(1), anAttribute(2)]
const said = (value: 'present' | 'absent') => (slot: number) =>
  ({ attribute: attributes[slot]!.id, value, source: 'person', annotator: null }) as const
const rows = attributeRows({ attributes, labels: [said('present')(0), said('absent')(1)], tracks: [] })

test('what has no answer is missing, and in a test video what is present without a box', () => {
  expect(missingWords(missingOf(rows, { split: 'test' }))).toBe('1 attribute has no answer and 1 has no box.')
  expect(missingWords(missingOf(rows, { split: 'train' }))).toBe('1 attribute has no answer.')
  expect(isComplete(missingOf(rows.slice(0, 2), { split: 'train' }))).toBe(true)
  expect(missingWords(missingOf(rows.slice(0, 1), { split: 'test' }))).toBe('1 attribute has no box.')
})
