import { describe, expect, test } from 'vitest'
import { levelOf } from '@main/evaluation/evidence-level'
import { random } from '@main/learning/random'

const drawn = (seed: number, count: number, mean: number, deviation = 1) => {
  const stream = random(seed)
  return Array.from({ length: count }, () => mean + deviation * stream.normal())
}
const above = (scores: readonly number[], threshold: number) =>
  scores.filter((score) => score > threshold).length / scores.length

describe('the level of evidence', () => {
  test('lets no more than the share asked for of questions without evidence through', () => {
    for (const rate of [0, 0.01, 0.05, 0.2]) {
      const without = drawn(1, 400, 1)
      const { threshold } = levelOf({ without, with: drawn(2, 400, 1.5), rate })
      expect(above(without, threshold!)).toBeLessThanOrEqual(rate)
      expect(above(without, threshold!)).toBeGreaterThan(rate - 0.01)
    }
  })

  test('stands in the middle where questions with evidence lie apart, so that new clips of either kind keep their side', () => {
    const { threshold, separation } = levelOf({ without: drawn(1, 400, 1, 0.3), with: drawn(2, 400, 9), rate: 0.05 })
    expect(separation).toBe(1)
    expect(threshold).toBeGreaterThan(3)
    expect(threshold).toBeLessThan(7)
  })

  test('is not made up from a handful of questions, and says how many there were', () => {
    const level = levelOf({ without: drawn(1, 19, 1), with: drawn(2, 50, 9), rate: 0.05 })
    expect(level).toMatchObject({ threshold: null, without: 19, with: 50, rate: 0.05 })
  })

  test('a model that tells nothing apart shows it', () => {
    const { separation } = levelOf({ without: drawn(1, 300, 0), with: drawn(2, 300, 0), rate: 0.05 })
    expect(separation).toBeGreaterThan(0.4)
    expect(separation).toBeLessThan(0.6)
  })
})
