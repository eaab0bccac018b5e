import { expect, test } from 'vitest'
import { random } from '@main/learning/random'

const first = (n: number, ...seeds: number[]) => {
  const stream = random(...seeds)
  return Array.from({ length: n }, () => stream.next())
}

test('the numbers of a seed are these, on every machine', () => {
  expect(first(3, 0)).toEqual([0.3289708236698061, 0.9737039722967893, 0.1322397857438773])
  expect(first(3, 7, 2, 1)).toEqual([0.7691969808656722, 0.7153241583146155, 0.5246759883593768])
})

test('streams of different seeds share no beginning, whatever the order of the seeds', () => {
  const starts = [[0], [1], [0, 0], [0, 1], [1, 0], [2 ** 32], [1, 2, 3], [3, 2, 1]].map(
    (seeds) => first(1, ...seeds)[0],
  )
  expect(new Set(starts).size).toBe(starts.length)
})

test('normal numbers have mean 0 and deviation 1; whole ones fill their range evenly', () => {
  const stream = random(5)
  const normal = Array.from({ length: 20_000 }, () => stream.normal())
  const mean = normal.reduce((a, b) => a + b, 0) / normal.length
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.sqrt(normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normal.length)).toBeCloseTo(1, 1)
  const counts = Array.from({ length: 6 }, () => 0)
  for (let i = 0; i < 12_000; i++) counts[stream.int(6)]!++
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
})

test('a shuffle keeps every item and leaves the list it was given alone', () => {
  const list = [1, 2, 3, 4, 5, 6, 7, 8]
  const shuffled = random(3).shuffle(list)
  expect([...shuffled].sort()).toEqual(list)
  expect(shuffled).not.toEqual(list)
  expect(list).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('nothing can be picked from an empty list', () => {
  expect(() => random(1).pick([])).toThrow(/empty list/)
})
