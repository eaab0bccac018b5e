import { expect, test } from 'vitest'
import { OutcomeQuery, type Outcome } from '@shared/contract/evaluation'
import { AttributeId, ClassId, OutcomeId, VideoId } from '@shared/ids'
import { chosen } from '@main/evaluation/outcome-choice'

const [ball, pole] = ['ball', 'pole'].map((name) => AttributeId.parse(name)) as [AttributeId, AttributeId]
const [kick, jump] = ['kick', 'jump'].map((name) => ClassId.parse(name)) as [ClassId, ClassId]

const anOutcome = (values: Partial<Outcome> = {}): Outcome => ({
  id: OutcomeId.parse('o'),
  video: VideoId.parse('v'),
  videoName: 'v',
  method: 'method',
  pos: kick,
  neg: jump,
  label: kick,
  attribute: ball,
  rank: 0,
  score: 1,
  minScore: 0,
  tube: [],
  iou: 0.5,
  assigned: true,
  hasBoxes: true,
  hitRank: 1,
  covers: ball,
  right: true,
  negRank: 1,
  negTies: 0,
  unionNegRank: null,
  unionNegTies: null,
  ...{ area: 1, supported: true, presence: null, agreement: null },
  posBefore: 1,
  posAfter: 0.2,
  negBefore: 0,
  negAfter: 0.8,
  mark: null,
  ...values,
})

const choose = (rows: readonly Outcome[], query: Partial<OutcomeQuery>) =>
  chosen(rows, OutcomeQuery.parse({ evaluation: 'e', ...query }))

test('a failure is a best output that is no hit, or overlaps less than asked', () => {
  const rows = [
    anOutcome({ iou: 0.6 }),
    anOutcome({ iou: 0.1 }),
    anOutcome({ hitRank: 3, iou: 0.4 }),
    anOutcome({ hitRank: null, iou: 0 }),
    anOutcome({ hitRank: null, iou: 0, rank: 1 }),
  ]
  expect(choose(rows, { failures: true })).toEqual([rows[2], rows[3]])
  expect(choose(rows, { failures: true, iouThreshold: 0.3 })).toEqual([rows[1], rows[2], rows[3]])
  expect(choose(rows, { failures: true, metric: 'conceptTop3' })).toEqual([rows[3]])
})

test('where the classifier is wrong, concept accuracy says nothing', () => {
  const wrong = anOutcome({ label: jump, hitRank: null, iou: 0 })
  expect(choose([wrong], { failures: true })).toEqual([])
  expect(choose([wrong], { metric: 'conceptTop1' })).toEqual([])
  expect(choose([wrong], { metric: 'ncaTop1' })).toEqual([wrong])
})

test('each number opens the rows of its own denominator', () => {
  const unmasked = anOutcome({ posAfter: null, negAfter: null, negRank: null, right: null })
  const prior = anOutcome({ method: 'classPrior' })
  const without = anOutcome({ hasBoxes: false })
  const rows = [unmasked, prior, without]
  expect(choose(rows, { metric: 'ncaTop1' })).toEqual([prior, without])
  expect(choose(rows, { metric: 'rightAttribute' })).toEqual([prior, without])
  expect(choose(rows, { metric: 'tubeIou' })).toEqual([unmasked])
})

test('attribute, what the tube covers and the class pair narrow the list', () => {
  const rows = [anOutcome(), anOutcome({ attribute: pole, covers: null }), anOutcome({ neg: kick, pos: jump })]
  expect(choose(rows, { attribute: pole })).toEqual([rows[1]])
  expect(choose(rows, { covers: null })).toEqual([rows[1]])
  expect(choose(rows, { pos: jump, neg: kick })).toEqual([rows[2]])
})
