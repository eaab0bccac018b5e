import { owner } from '@shared/actor'
import { expect, test } from 'vitest'
import type { Track, VideoLabel } from '@shared/contract/annotation'
import { SpanId, TrackId } from '@shared/ids'
import {
  attributeGroups,
  attributeOfKey,
  attributeRows,
  spanWords,
  spansTold,
} from '@renderer/views/annotate/attribute-rows'
import { anAttribute } from '../../../../support/fake-api'

const attributes = [
  anAttribute(0, { name: 'pole', group: 'Objects' }),
  anAttribute(1, { name: 'lamp', group: 'Surroundings' }),
  anAttribute(2, { name: 'ball', group: 'Objects', description: 'a checkered disc' }),
]
const present = (slot: number): VideoLabel => {
  return { attribute: attributes[slot]!.id, value: 'present', source: 'class', annotator: null }
}
const track = (slot: number): Track => {
  return {
    id: TrackId.parse(`t${slot}`),
    attribute: attributes[slot]!.id,
    kind: 'attribute',
    person: owner.id,
    source: 'person',
    keyframes: [],
  }
}

test('rows of one group stand together, and keys follow the rows', () => {
  const rows = attributeRows({ attributes, labels: [], tracks: [] })
  expect(rows.map(({ attribute, hotkey }) => [attribute.name, hotkey])).toEqual([
    ['pole', '1'],
    ['ball', '2'],
    ['lamp', '3'],
  ])
  expect(attributeOfKey(rows, '2')).toBe(attributes[2]!.id)
  expect(attributeOfKey(rows, '4')).toBeNull()
})

test('a key that was chosen for a word is its own, and the others pass it over', () => {
  const words = attributes.map((word, i) => (i === 1 ? { ...word, hotkey: '1' } : word))
  const rows = attributeRows({ attributes: words, labels: [], tracks: [] })
  expect(rows.map(({ attribute, hotkey }) => [attribute.name, hotkey])).toEqual([
    ['pole', '2'],
    ['ball', '3'],
    ['lamp', '1'],
  ])
})

test('an attribute said to be present without a track needs a box', () => {
  const rows = attributeRows({ attributes, labels: [present(0), present(2)], tracks: [track(2)] })
  expect(rows.map(({ value, source, needsBox }) => [value, source, needsBox])).toEqual([
    ['present', 'class', true],
    ['present', 'class', false],
    [null, null, false],
  ])
})

test('a search keeps the keys, and looks into descriptions', () => {
  const rows = attributeRows({ attributes, labels: [], tracks: [] })
  expect(attributeGroups(rows, ' CHECK')).toEqual([{ name: 'Objects', rows: [rows[1]] }])
  expect(attributeGroups(rows, 'nothing of the kind')).toEqual([])
})

test('past the ninth an attribute has two keys, and past those its name', () => {
  const many = Array.from({ length: 70 }, (_, slot) => anAttribute(slot, { group: '' }))
  const keys = attributeRows({ attributes: many, labels: [], tracks: [] }).map(({ hotkey }) => hotkey)
  expect([keys[0], keys[8], keys[9], keys[17], keys[18], keys[62], keys[63]]).toEqual([
    ...['1', '9', 'Q 1', 'Q 9', 'W 1', 'Z 9'],
    null,
  ])
  expect(new Set(keys.filter((key) => key !== null)).size).toBe(63)
})

test('a row tells its span in numbers, several as how many there are, and all of them on hover', () => {
  const span = (from: number, to: number) => {
    return { id: SpanId.parse(`${from}`), attribute: attributes[0]!.id, person: owner.id, from, to, at: 0 }
  }
  const spans = [span(12, 40), span(50, 50)]
  const [row, other] = attributeRows({ attributes, labels: [], tracks: [], spans })
  expect([row!.spans, other!.spans]).toEqual([spans, []])
  expect([spanWords(spans.slice(0, 1)), spanWords(spans.slice(1)), spanWords(spans)]).toEqual([
    '12–40',
    '50',
    '2 spans',
  ])
  expect(spansTold(spans)).toBe('Seen in frames 12–40, 50')
})
