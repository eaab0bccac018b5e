import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { cardsCsv } from '@shared/card-rows'
import { aCard } from '../../support/fake-measures'

test('the CSV has a row for each card, best first, with the frames of its tube', () => {
  const cards = [aCard(0, { name: '=pole, "striped"' }), aCard(1, { tube: [] })]
  const read = parse(cardsCsv(cards), { columns: true }) as Record<string, string>[]
  expect(read.map(({ place }) => place)).toEqual(['1', '2'])
  expect(read[0]).toMatchObject({ attribute: `'=pole, "striped"`, score: String(cards[0]!.score) })
  expect(read[0]?.firstFrame).toBe(String(cards[0]!.tube[0]!.frame))
  expect(read[1]).toMatchObject({ firstFrame: '', lastFrame: '' })
})
