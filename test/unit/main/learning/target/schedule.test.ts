import { expect, test } from 'vitest'
import { learningRateAt } from '@main/learning/target/schedule'

const rates = (schedule: 'constant' | 'cosine' | 'step', warmup: number) =>
  Array.from({ length: 100 }, (_, step) => learningRateAt({ learningRate: 0.1, warmup, schedule }, step, 100))

test('the warm-up rises evenly to the full rate', () => {
  const warm = rates('constant', 0.1)
  expect(warm.slice(0, 10).map((rate) => Math.round(rate * 1000))).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  expect(warm[10]).toBe(0.1)
  expect(warm[99]).toBe(0.1)
})

test('without a warm-up the first step has the full rate', () => {
  expect(rates('cosine', 0)[0]).toBe(0.1)
})

test('cosine falls to nearly nothing and is half way in the middle', () => {
  const cosine = rates('cosine', 0)
  expect(cosine[50]).toBeCloseTo(0.05)
  expect(cosine[99]).toBeLessThan(0.0001)
  expect(cosine.every((rate, i) => i === 0 || rate < cosine[i - 1]!)).toBe(true)
})

test('step falls tenfold after half and after three quarters', () => {
  const step = rates('step', 0)
  expect([0, 49, 50, 74, 75, 99].map((i) => step[i]!.toFixed(4))).toEqual([
    '0.1000',
    '0.1000',
    '0.0100',
    '0.0100',
    '0.0010',
    '0.0010',
  ])
})
