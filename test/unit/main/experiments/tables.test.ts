import { describe, expect, test } from 'vitest'
import { figure6Table, questionsToShow } from '@main/experiments/figure6'
import { missingNotes } from '@main/experiments/measured-rows'
import { about } from '@main/experiments/part-words'
import type { Measured, Table } from '@main/experiments/result'
import { table1 } from '@main/experiments/table1'
import { table2 } from '@main/experiments/table2'
import { table3 } from '@main/experiments/table3'
import { table4 } from '@main/experiments/table4'
import type { Outcome } from '@shared/contract/evaluation'
import { ClassId, VideoId } from '@shared/ids'
import { anOutcome } from '../../../support/fake-measures'

const cell = ({ rows }: Table, method: string, key: string) => {
  const found = rows.find(({ cells }) => cells.method === method)
  return (found?.cells[key] ?? null) as Measured | null
}
const own = 'The method, ranked by min'

/** One output of each of so many clips. */
function outputs(count: number, more: (i: number) => Partial<Outcome>): Outcome[] {
  return Array.from({ length: count }, (_, i) => anOutcome(i, { video: VideoId.parse(`v${i}`), ...more(i) }))
}

describe('Table 1', () => {
  const counts = { classes: 2, attributes: 3, assigned: 4, tracks: 5, boxes: 60, videosWithBoxes: 5 }

  test("puts the project's splits above the paper's data sets", () => {
    const { rows } = table1('My clips', [{ part: 'all', videos: 9, ...counts }])
    expect(rows.map(({ source, cells }) => [source, cells.data, cells.videos, cells.tracks])).toEqual([
      ['project', 'My clips, all', 9, 5],
      ['paper', 'Paper, Olympic Sports', 783, 949],
      ['paper', 'Paper, UCF101-24', 3204, 6128],
    ])
  })

  test('says in a sentence what there is none of', () => {
    const empty = { ...counts, videos: 0, assigned: 0, videosWithBoxes: 0 }
    const notes = about
      .counted([
        { part: 'all', ...empty },
        { part: 'test', ...empty },
      ])
      .join(' ')
    expect(notes).toMatch(/no test videos.*No video has an attribute.*No test video has boxes/)
    expect(
      about.counted([
        { part: 'all', videos: 9, ...counts },
        { part: 'test', videos: 2, ...counts },
      ]),
    ).toHaveLength(1)
  })
})

describe('Table 2', () => {
  test('counts how often and how far p(A) falls, over all clips and over those classified rightly', () => {
    const rows = outputs(4, (i) => ({
      ...{ posBefore: 0.8, posAfter: [0.2, 0.4, 0.9, 0.8][i]! },
      label: ClassId.parse(i === 3 ? 'other' : 'c1'),
    }))
    const table = table2(rows, 0)
    expect(cell(table, own, 'decrease')).toMatchObject({ value: 0.5, count: 4 })
    expect(cell(table, own, 'drop')!.value).toBeCloseTo((0.75 + 0.5 - 0.125 + 0) / 4, 12)
    expect(cell(table, own, 'decreaseCorrect')).toMatchObject({ value: 2 / 3, count: 3 })
  })

  test("has the paper's four numbers, without a count", () => {
    const table = table2(
      outputs(1, () => ({})),
      0,
    )
    const paper = table.rows.filter(({ source }) => source === 'paper')
    expect(paper.map(({ cells }) => (cells.decrease as Measured).value)).toEqual([0.76, 0.89, 0.68, 0.88])
  })
})

describe('Table 3', () => {
  test('counts only clips that are classified rightly', () => {
    const rows = outputs(4, (i) => ({ hitRank: [1, 2, null, 1][i]!, label: ClassId.parse(i === 3 ? 'other' : 'c1') }))
    const table = table3(rows, 0)
    expect(cell(table, own, 'top1')).toMatchObject({ value: 1 / 3, count: 3 })
    expect(cell(table, own, 'top3')).toMatchObject({ value: 2 / 3, count: 3 })
  })

  test('without boxes says nothing instead of 0, and why', () => {
    const rows = outputs(3, () => ({ hasBoxes: false, covers: null, hitRank: null, iou: 0 }))
    expect(cell(table3(rows, 0), own, 'top1')).toBeNull()
    expect(about.concepts(rows)[0]).toMatch(/has boxes.*concept accuracy is missing/)
  })

  test('with no clip classified rightly has no number, and says so', () => {
    const rows = outputs(3, () => ({ label: ClassId.parse('other') }))
    expect(cell(table3(rows, 0), own, 'top1')).toBeNull()
    expect(missingNotes(rows).join(' ')).toMatch(/No clip is classified rightly/)
  })
})

describe('Table 4', () => {
  const measured = (fcLayers: number, negRank: number) => ({
    ...{ fcLayers, accuracy: 0.98, confidence: null },
    rows: outputs(2, () => ({ negRank, negTies: 0 })),
  })

  test('has a column for each number of layers, with the numbers of the paper for it', () => {
    const table = table4([measured(1, 2), measured(2, 4), measured(3, 3)], { n: 3, chances: 5, seed: 0 })
    expect(['fc1', 'fc2', 'fc3'].map((key) => cell(table, own, key)!.value)).toEqual([1, 0, 1])
    expect(cell(table, 'Paper, Olympic Sports: proposed', 'fc2')!.value).toBe(0.64)
    expect(cell(table, 'Paper, UCF101-24: baseline (actor track)', 'fc3')!.value).toBe(0.44)
    expect(cell(table, 'Its mean confidence', 'fc1')).toBeNull()
    expect(cell(table, 'Chance, 3 of 5', 'fc1')!.value).toBe(0.6)
  })

  test('takes the n likeliest negatives of an evaluation that asked about more', () => {
    const rows = [1, 2, 3, 4].map((place) =>
      anOutcome(place, {
        ...{ video: VideoId.parse('v'), neg: ClassId.parse(`n${place}`), negBefore: 1 / place },
        ...{ negRank: place === 4 ? 9 : 1, negTies: 0 },
      }),
    )
    const table = table4([{ fcLayers: 1, accuracy: null, confidence: null, rows }], { n: 3, chances: 5, seed: 0 })
    expect(cell(table, own, 'fc1')).toMatchObject({ value: 1, count: 3 })
  })
})

describe('Figure 6', () => {
  test('shows the first rightly classified clip of each class against its likeliest negative that lacks something', () => {
    const ask = (video: string, pos: string, neg: string, more: Partial<Outcome> = {}) =>
      anOutcome(0, {
        ...{ video: VideoId.parse(video), pos: ClassId.parse(pos), neg: ClassId.parse(neg), label: ClassId.parse(pos) },
        ...more,
      })
    const rows = [
      ask('v1', 'a', 'b', { label: ClassId.parse('b'), negBefore: 0.3 }),
      ask('v2', 'a', 'b', { negBefore: 0.1 }),
      ask('v2', 'a', 'c', { negBefore: 0.2 }),
      ask('v3', 'a', 'b', { negBefore: 0.3 }),
      ask('v4', 'b', 'a', { label: ClassId.parse('a') }),
    ]
    expect(questionsToShow(rows)).toEqual([
      { video: 'v2', pos: 'a', neg: 'c' },
      { video: 'v4', pos: 'b', neg: 'a' },
    ])
    expect(questionsToShow([])).toEqual([])
    const [unanswerable, other] = [rows[2]!, rows[1]!].map((one, i) => ({ ...one, right: i === 0 ? null : true }))
    expect(questionsToShow([unanswerable!, other!])).toEqual([{ video: 'v2', pos: 'a', neg: 'b' }])
    expect(questionsToShow([unanswerable!]), 'there is nothing else').toEqual([{ video: 'v2', pos: 'a', neg: 'c' }])
  })

  test('has a row for each answer', () => {
    const card = {
      attribute: 'pole',
      color: '#fff',
      score: 2,
      minScore: -1,
      presence: 0.97,
      iou: null,
      notes: ['not assigned'],
      unsupported: null,
    }
    const example = {
      video: 'v',
      pos: 'a',
      neg: 'b',
      label: null,
      probabilities: [],
      checks: [],
      second: { sentence: '', agreement: null, color: '', pictures: [] },
      answer: '',
      cautions: [],
    }
    const cards = [{ ...card, pictures: [], perFrame: [] }]
    const { rows } = figure6Table([{ ...example, cards }])
    expect(rows[0]!.cells).toMatchObject({
      video: 'v',
      place: 1,
      attribute: 'pole',
      presence: { value: 0.97 },
      iou: null,
      assigned: 'not assigned',
    })
  })
})

test('what cannot be drawn or says nothing is named', () => {
  const network = (name: string, testAccuracy: number) => ({ name, headline: { testAccuracy, testConfidence: 0.99 } })
  const warnings = about.warnings([network('one', 1), network('two', 0.5)] as never)
  expect(warnings).toEqual([expect.stringMatching(/^two: The classifier is right on 50\.0 %/)])
  expect(about.negatives({ chances: 1, most: 1 }).join(' ')).toMatch(/one negative only.*asked about 1 /)
  expect(about.negatives({ chances: 15, most: 10 })).toEqual([])
  expect(about.negatives({ chances: 7, most: 7 }).join(' ')).toMatch(/same for every B scores chance/)
  expect(about.missing(outputs(2, () => ({ right: true }))).join(' ')).toMatch(
    /^Actor tube.*missing.*True tube: missing/,
  )
  expect(about.missing(outputs(3, (i) => ({ right: i > 0 ? false : null })))[0]).toMatch(/^In 1 of 3 questions/)
})
