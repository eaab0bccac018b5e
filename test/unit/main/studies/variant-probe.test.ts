import { expect, test } from 'vitest'
import { nearestMean, type ProbeSample } from '@main/studies/variant-probe'
import { random } from '@main/learning/random'

/** Red things have 1 more in the second channel, times `signal`; the third never changes. */
function samples(signal: number, count = 200): ProbeSample[] {
  const stream = random(5)
  return Array.from({ length: count }, (_, clip) => {
    const red = stream.chance(0.5)
    const values = [100 * stream.normal(), stream.normal() * 0.2 + signal * Number(red), 3]
    return { thing: clip % 3, red, values, round: Math.floor(clip / 3) }
  })
}

test('a variant that the features tell is found in clips the probe has not seen, however loud other channels are', () => {
  expect(nearestMean(samples(1))).toBeGreaterThan(0.8)
})

test('a variant that the features do not tell is found by chance', () => {
  expect(Math.abs(nearestMean(samples(0, 900)) - 0.5)).toBeLessThan(0.1)
})

test('a thing with one variant only is not asked about', () => {
  expect(nearestMean(samples(1).map((one) => ({ ...one, red: true })))).toBeNaN()
})
