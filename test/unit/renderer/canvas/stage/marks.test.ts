import { expect, test } from 'vitest'
import { type Mark, markAt } from '@renderer/canvas/stage/marks'

function mark(id: string, x1: number, x2: number, more: Partial<Mark> = {}): Mark {
  return { id, box: { x1, y1: 0, x2, y2: 10 }, look: 'key', slot: 0, label: id, selected: false, ...more }
}

test('of boxes inside one another the smallest is meant', () => {
  expect(markAt([mark('large', 0, 100), mark('small', 20, 40)], { x: 30, y: 5 })?.id).toBe('small')
})

test('the selected box is meant even where a smaller one lies on it', () => {
  const marks = [mark('large', 0, 100, { selected: true }), mark('small', 20, 40)]
  expect(markAt(marks, { x: 30, y: 5 })?.id).toBe('large')
})

test('traces of other frames are not there to click', () => {
  expect(markAt([mark('old', 0, 100, { look: 'trace' })], { x: 30, y: 5 })).toBeNull()
})

test('nothing is meant beside the boxes, unless within reach', () => {
  expect(markAt([mark('a', 0, 10)], { x: 12, y: 5 })).toBeNull()
  expect(markAt([mark('a', 0, 10)], { x: 12, y: 5 }, 3)?.id).toBe('a')
})
