import { expect, test } from 'vitest'
import type { Progress } from '@shared/progress'
import { ImportProgress } from '@main/media/import/import-progress'

test('running files count in part, finished ones whole, and none as finished too early', () => {
  const heard: Progress[] = []
  const progress = new ImportProgress(4, (one) => heard.push(one))
  progress.step('a', { step: 'decode', frames: 50, of: 100 })
  progress.step('b', { step: 'decode', frames: 300, of: 100 })
  progress.finished('a')
  progress.step('c', { step: 'decode', frames: 9, of: null })
  expect(heard.map(({ done }) => done)).toEqual([0.5, 1.49, 1.99, 1.99])
  expect(heard.every(({ total, secondsLeft }) => total === 4 && secondsLeft !== null && secondsLeft >= 0)).toBe(true)
})
