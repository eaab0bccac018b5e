import fc from 'fast-check'
import { expect, test } from 'vitest'
import { VideoId } from '@shared/ids'
import { type Selection, keepPresent, neighbour, nothingSelected, select } from '@renderer/stores/selection'

const order = Array.from({ length: 12 }, (_, i) => VideoId.parse(`v${i}`))
const at = (i: number) => order[i]!
const chosen = ({ ids }: Selection) => order.flatMap((id, i) => (ids.has(id) ? [i] : []))

test('a click selects that video alone', () => {
  const before = select(nothingSelected, order, at(3), 'only')
  expect(chosen(select(before, order, at(7), 'only'))).toEqual([7])
})

test('Ctrl adds and takes away; the card shows what is left', () => {
  let now = select(nothingSelected, order, at(3), 'only')
  now = select(now, order, at(5), 'toggle')
  expect(chosen(now)).toEqual([3, 5])
  now = select(now, order, at(5), 'toggle')
  expect(chosen(now)).toEqual([3])
  expect(now.last).toBe(at(3))
})

test('Shift selects from the anchor to here, either way, and again from the same anchor', () => {
  let now = select(nothingSelected, order, at(6), 'only')
  now = select(now, order, at(9), 'range')
  expect(chosen(now)).toEqual([6, 7, 8, 9])
  now = select(now, order, at(4), 'range')
  expect(chosen(now)).toEqual([4, 5, 6])
})

test('the last one is always among the selected, and a selection is never outside the list', () => {
  const step = fc.tuple(fc.nat(11), fc.constantFrom('only' as const, 'toggle' as const, 'range' as const))
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const end = steps.reduce((now, [i, extend]) => select(now, order, at(i), extend), nothingSelected)
      expect(end.last === null ? end.ids.size === 0 : end.ids.has(end.last)).toBe(true)
      expect([...end.ids].every((id) => order.includes(id))).toBe(true)
    }),
  )
})

test('videos that are gone leave the selection', () => {
  const both = select(select(nothingSelected, order, at(1), 'only'), order, at(2), 'toggle')
  const left = keepPresent(both, new Set([at(1)]))
  expect(chosen(left)).toEqual([1])
  expect(left.last).toBe(at(1))
})

test('arrows stay inside the grid', () => {
  const grid = { columns: 5, length: 12 }
  expect(neighbour(0, 'ArrowLeft', grid)).toBe(0)
  expect(neighbour(6, 'ArrowUp', grid)).toBe(1)
  expect(neighbour(8, 'ArrowDown', grid)).toBe(8)
  expect(neighbour(3, 'End', grid)).toBe(11)
})
