import { expect, test } from 'vitest'
import { simulatedBoxes } from '@main/studies/crowd/simulated-boxes'

test('the consensus of shaky hands, missed boxes and one wrong object fits better than the best of them', () => {
  const { people, consensus, missing, toReview } = simulatedBoxes({ seed: 1, videos: 20, jitter: 4, missed: 0.1 })
  const most = (of: 'iou' | 'iouOfDrawn') => Math.max(...people.map((person) => person[of]))
  expect(most('iouOfDrawn')).toBeLessThan(0.87)
  expect(consensus.iouOfDrawn).toBeGreaterThan(most('iouOfDrawn') + 0.02)
  expect(consensus.iou).toBeGreaterThan(most('iou') + 0.02)
  expect(missing).toBeLessThanOrEqual(2)
  // What the fifth boxed instead, and what too few of the others boxed.
  expect(toReview).toBeGreaterThan(15)
})
