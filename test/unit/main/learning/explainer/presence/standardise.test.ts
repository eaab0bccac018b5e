import { expect, test } from 'vitest'
import { foldMoments, standardise } from '@main/learning/explainer/presence/standardise'
import { random } from '@main/learning/random'

const size = 4
const stream = random(5)
/** Rows whose third number never changes. */
const rows = Float32Array.from({ length: 6 * size }, (_, i) => (i % size === 2 ? 3 : 10 * (i % size) + stream.normal()))

test('columns get mean 0 and deviation 1, and one that never changes becomes 0', () => {
  const own = rows.slice()
  standardise(own, size)
  for (let x = 0; x < size; x++) {
    const column = [...own].filter((_, i) => i % size === x)
    expect(column.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 4)
    expect(Math.sqrt(column.reduce((a, b) => a + b * b, 0) / 6)).toBeCloseTo(x === 2 ? 0 : 1, 4)
  }
})

test('folded weights say of raw numbers what the trained ones say of standardised numbers', () => {
  const own = rows.slice()
  const moments = standardise(own, size)
  const words = Float32Array.from({ length: 2 * size }, () => stream.normal())
  const bias = Float32Array.of(0.5, -1)
  const said = (list: Float32Array, w: Float32Array, b: Float32Array, r: number, s: number) =>
    b[s]! + Array.from({ length: size }, (_, x) => w[s * size + x]! * list[r * size + x]!).reduce((p, q) => p + q, 0)
  const [folded, shifted] = [words.slice(), bias.slice()]
  foldMoments(folded, shifted, moments)
  for (let r = 0; r < 6; r++)
    for (const s of [0, 1]) expect(said(rows, folded, shifted, r, s)).toBeCloseTo(said(own, words, bias, r, s), 3)
})
