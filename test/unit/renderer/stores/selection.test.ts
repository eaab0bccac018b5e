import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VideoRow } from '@shared/contract/library'
import {
  type Selection,
  chosenOf,
  isSelected,
  neighbour,
  nothingSelected,
  selectAll,
  selectOnly,
  selectRange,
  selectedCount,
  toggled,
  without,
} from '@renderer/stores/selection'
import { noFilter } from '@renderer/stores/video-filter'
import { aVideo } from '../../../support/fake-api'

const rows = Array.from({ length: 12 }, (_, i) => aVideo(i))
const at = (i: number): VideoRow => rows[i]!
const known = (id: string) => rows.find((row) => row.id === id)
const chosen = (now: Selection) => rows.flatMap(({ id }, i) => (isSelected(now, id) ? [i] : []))

test('a click selects that video alone', () => {
  expect(chosen(selectOnly(at(7)))).toEqual([7])
})

test('Ctrl adds and takes away; the card shows what is left', () => {
  let now = selectOnly(at(3))
  now = toggled(now, at(5), known)
  expect(chosen(now)).toEqual([3, 5])
  now = toggled(now, at(5), known)
  expect(chosen(now)).toEqual([3])
  expect(now.last).toBe(at(3))
})

test('a range replaces what was selected and keeps its anchor', () => {
  const before = selectOnly(at(6))
  const range = selectRange(
    before,
    rows.slice(6, 10).map(({ id }) => id),
    at(9),
  )
  expect(chosen(range)).toEqual([6, 7, 8, 9])
  expect(range.anchor).toBe(at(6).id)
})

test('all that match are selected without being named, but for those taken out again', () => {
  const filter = { ...noFilter(), splits: ['test' as const] }
  const all = toggled(selectAll(filter, null), at(3), known)
  expect(selectedCount(all, 12)).toBe(11)
  expect(isSelected(all, at(3).id)).toBe(false)
  expect(chosenOf(all)).toEqual({ filter, except: [at(3).id] })
  expect(selectedCount(toggled(all, at(3), known), 12)).toBe(12)
})

test('the last one is always among the selected', () => {
  const step = fc.tuple(fc.nat(11), fc.boolean())
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const end = steps.reduce(
        (now, [i, add]) => (add ? toggled(now, at(i), known) : selectOnly(at(i))),
        nothingSelected,
      )
      expect(end.last === null ? end.ids.size === 0 : isSelected(end, end.last.id)).toBe(true)
    }),
  )
})

test('videos that are gone leave the selection', () => {
  const both = toggled(selectOnly(at(1)), at(2), known)
  const left = without(both, [at(2).id])
  expect(chosen(left)).toEqual([1])
  expect(left.last).toBeNull()
})

test('arrows stay inside the grid', () => {
  const grid = { columns: 5, length: 12 }
  expect(neighbour(0, 'ArrowLeft', grid)).toBe(0)
  expect(neighbour(6, 'ArrowUp', grid)).toBe(1)
  expect(neighbour(8, 'ArrowDown', grid)).toBe(8)
  expect(neighbour(3, 'End', grid)).toBe(11)
})
