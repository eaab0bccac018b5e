import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outcome } from '@shared/contract/evaluation'
import { AttributeId, ClassId } from '@shared/ids'
import { type Cell, filtered, inCell, noFilter, pairsOf, sorted } from '@renderer/views/review/outcome-filter'
import { columnOf, conceptRows, confusion, iouHistogram, isHit } from '@renderer/views/review/outcome-table'
import { anOutcome } from '../../../../support/fake-measures'

const attributes = [0, 1, 2].map((i) => AttributeId.parse(`a${i}`)) as [AttributeId, AttributeId, AttributeId]
const [pole, ball] = attributes

const anyOutcome = fc
  .record({
    attribute: fc.constantFrom(...attributes),
    covers: fc.constantFrom(null, ...attributes),
    iou: fc.double({ min: 0, max: 1, noNaN: true }),
    hitRank: fc.constantFrom(null, 1, 2, 3),
  })
  .map((of) => anOutcome(0, of))

test('concept rows are the best outputs of clips that were classified rightly', () => {
  const rows = [
    anOutcome(0),
    anOutcome(1, { rank: 1 }),
    anOutcome(2, { label: ClassId.parse('c9') }),
    anOutcome(3, { label: null }),
  ]
  expect(conceptRows(rows).map(({ id }) => id)).toEqual(['o0'])
})

test('a hit is the attribute its tube overlaps most, by the threshold at least; no overlap is never one', () => {
  expect(isHit(anOutcome(0, { hitRank: 1, iou: 0.3 }), 0.3)).toBe(true)
  expect(isHit(anOutcome(0, { hitRank: 1, iou: 0.29 }), 0.3)).toBe(false)
  expect(isHit(anOutcome(0, { hitRank: 2, iou: 0.9 }), 0.3)).toBe(false)
  expect(isHit(anOutcome(0, { hitRank: 1, iou: 0 }), 0)).toBe(false)
})

test('a failure stands under what its tube covers', () => {
  expect(columnOf(anOutcome(0, { attribute: pole, covers: ball }))).toBe(ball)
  expect(columnOf(anOutcome(0, { attribute: pole, covers: pole }))).toBe('lowIou')
  expect(columnOf(anOutcome(0, { covers: null }))).toBe('noBox')
})

test('every count of the matrix equals the list it opens, and together they are all rows', () => {
  fc.assert(
    fc.property(
      fc.array(anyOutcome, { maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, threshold) => {
        const table = confusion(rows, attributes, threshold)
        const opened = (cell: Cell) => inCell(rows, cell, threshold).length
        for (const { attribute, hits, failed, cells } of table.rows) {
          expect(opened({ part: 'hits', said: attribute })).toBe(hits)
          expect(opened({ part: 'row', said: attribute })).toBe(failed)
          for (const [column, count] of cells) expect(opened({ part: 'cell', said: attribute, column })).toBe(count)
          expect([...cells.values()].reduce((a, b) => a + b, 0)).toBe(failed)
        }
        expect(table.rows.reduce((sum, row) => sum + row.hits + row.failed, 0)).toBe(rows.length)
        expect(opened({ part: 'failures' }) + opened({ part: 'hits' })).toBe(rows.length)
      },
    ),
  )
})

test('the histogram holds every row once, and its hits are the hits', () => {
  fc.assert(
    fc.property(
      fc.array(anyOutcome, { maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, threshold) => {
        const bins = iouHistogram(rows, threshold)
        expect(bins.reduce((sum, bin) => sum + bin.hits, 0)).toBe(rows.filter((row) => isHit(row, threshold)).length)
        expect(bins.reduce((sum, bin) => sum + bin.hits + bin.failures, 0)).toBe(rows.length)
      },
    ),
  )
  expect(iouHistogram([anOutcome(0, { iou: 1, hitRank: 1 })], 0).at(-1)).toEqual({ hits: 1, failures: 0 })
})

test('filters narrow by rank, pair, label and cause', () => {
  const mark = { cause: 'synonym', note: '' } as const
  const rows: Outcome[] = [
    anOutcome(0, { hitRank: 1, assigned: true, mark }),
    anOutcome(1, { hitRank: 3, assigned: false, mark: null }),
    anOutcome(2, { hitRank: null, assigned: true, mark: null, neg: ClassId.parse('c3') }),
  ]
  const ids = (of: Partial<typeof noFilter>) => filtered(rows, { ...noFilter, ...of }).map(({ id }) => id)
  expect(ids({})).toEqual(['o0', 'o1', 'o2'])
  expect(ids({ hitRank: '2-3' })).toEqual(['o1'])
  expect(ids({ hitRank: 'none' })).toEqual(['o2'])
  expect(ids({ notAnnotated: true })).toEqual(['o1'])
  expect(ids({ cause: 'unmarked' })).toEqual(['o1', 'o2'])
  expect(ids({ cause: 'synonym' })).toEqual(['o0'])
  expect(ids({ pair: { pos: ClassId.parse('c1'), neg: ClassId.parse('c3') } })).toEqual(['o2'])
})

test('the worst come first, and names are sorted by their numbers', () => {
  const rows = [anOutcome(0, { iou: 0.5, videoName: 'v10' }), anOutcome(1, { iou: 0.1, videoName: 'v2' })]
  expect(sorted(rows, 'worst').map(({ iou }) => iou)).toEqual([0.1, 0.5])
  expect(sorted(rows, 'video').map(({ videoName }) => videoName)).toEqual(['v2', 'v10'])
})

test('pairs are counted, the most frequent first', () => {
  const rows = [anOutcome(0), anOutcome(1, { neg: ClassId.parse('c3') }), anOutcome(2)]
  expect(pairsOf(rows).map(({ neg, count }) => [neg, count])).toEqual([
    ['c2', 2],
    ['c3', 1],
  ])
})
