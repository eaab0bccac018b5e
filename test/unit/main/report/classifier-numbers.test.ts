import { expect, test } from 'vitest'
import { classifierNumbers, classifierWarnings } from '@main/report/classifier-numbers'

const warnings = (headline: Record<string, number>) => classifierWarnings(classifierNumbers({ headline }))

test('a classifier that was not measured is not said to be wrong', () => {
  expect(classifierNumbers({ headline: { loss: 1 } })).toEqual({ testAccuracy: null, testConfidence: null })
  expect(warnings({ loss: 1 })).toEqual([expect.stringContaining('no test video')])
})

test('one that is weak, or trained too briefly, is warned of; a good one is not', () => {
  expect(warnings({ testAccuracy: 0.5, testConfidence: 0.99 })).toEqual([expect.stringMatching(/^.* 50\.0 % /)])
  expect(warnings({ testAccuracy: 0.99, testConfidence: 0.6 })).toEqual([expect.stringContaining('0.60')])
  expect(warnings({ testAccuracy: 0.99, testConfidence: 0.97 })).toEqual([])
})
