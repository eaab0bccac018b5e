import { expect, test } from 'vitest'
import { groupFolds } from '@main/studies/real/group-folds'

const clips = (groups: readonly (string | null)[]) => groups.map((group) => ({ group }))

test('clips of one group are in one part, and parts are of nearly equal size', () => {
  const dealt = clips(['a', 'b', 'a', 'c', 'b', 'a', null, null, 'c', null])
  const part = groupFolds(dealt, 3)
  for (const name of ['a', 'b', 'c'])
    expect(new Set(part.filter((_, i) => dealt[i]!.group === name)).size, name).toBe(1)
  const sizes = [0, 1, 2].map((one) => part.filter((p) => p === one).length).sort()
  expect(sizes).toEqual([3, 3, 4])
})

test('a clip without a group stands for itself, and the same clips are always dealt alike', () => {
  expect(groupFolds(clips([null, null, null, null]), 2).sort()).toEqual([0, 0, 1, 1])
  const some = clips(['x', null, 'x', 'y'])
  expect(groupFolds(some, 2)).toEqual(groupFolds(some, 2))
})
