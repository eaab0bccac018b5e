import { expect, test } from 'vitest'
import { columnsOf } from '@renderer/views/campaigns/disagreements/columns'
import { lowestOverlaps, overlapIn } from '@renderer/views/campaigns/disagreements/tube-overlap'
import { aSideBySide, keyframesAt } from '../../../../../support/side-by-side'

test('what is open comes first, then what differs, then what all agree on; boxes of a word are a column of their own', () => {
  const columns = columnsOf(aSideBySide()).map(({ key, isOpen, differs, sure }) => [key, isOpen, differs, sure])
  expect(columns).toEqual([
    ['label a0', true, true, 0.62],
    ['boxes a1', true, true, 2 / 3],
    ['label a1', false, false, 0.62],
  ])
})

test('people who are left out make nothing differ', () => {
  const side = aSideBySide()
  const people = side.people.map((person) => ({ ...person, leftOut: person.name === 'Ben' }))
  expect(columnsOf({ ...side, people }).find(({ key }) => key === 'label a0')?.differs).toBe(false)
})

test('overlap of tubes frame by frame: nothing where neither is seen, none where one is', () => {
  expect(overlapIn(keyframesAt(0, 2), keyframesAt(5, 2), 1)).toBeNull()
  expect(overlapIn(keyframesAt(0), keyframesAt(5, 2), 1)).toBe(0)
  expect(overlapIn(keyframesAt(0), keyframesAt(5, 2), 2)).toBeCloseTo(1 / 3)
  expect(lowestOverlaps([keyframesAt(0, 1), keyframesAt(5, 1)], keyframesAt(0, 1), 2)).toEqual([
    null,
    expect.closeTo(1 / 3),
  ])
})
