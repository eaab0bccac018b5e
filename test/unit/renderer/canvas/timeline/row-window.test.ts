import { expect, test } from 'vitest'
import { rowHeight, rowsInView, scrollTo } from '@renderer/canvas/timeline/row-window'

const height = 5 * rowHeight

test('only the rows that are seen, and a few about them, need to stand', () => {
  expect(rowsInView(300, { top: 0, height })).toEqual({ from: 0, to: 11 })
  expect(rowsInView(300, { top: 100 * rowHeight, height })).toEqual({ from: 94, to: 111 })
  expect(rowsInView(300, { top: 295 * rowHeight, height })).toEqual({ from: 289, to: 300 })
})

test('all of a short list stand, and of an empty one none', () => {
  expect(rowsInView(3, { top: 0, height })).toEqual({ from: 0, to: 3 })
  expect(rowsInView(0, { top: 0, height })).toEqual({ from: 0, to: 0 })
})

test('a list that became shorter than it was scrolled shows its end', () => {
  expect(rowsInView(2, { top: 100 * rowHeight, height })).toEqual({ from: 2, to: 2 })
})

test('the list is scrolled just as far as a row needs to be seen', () => {
  expect(scrollTo(2, { top: 0, height })).toBe(0)
  expect(scrollTo(5, { top: 0, height })).toBe(rowHeight)
  expect(scrollTo(1, { top: 3 * rowHeight, height })).toBe(rowHeight)
})
