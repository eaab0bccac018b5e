import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alphaWithSpread, nominalAlpha } from '@main/campaigns/agreement/alpha'

/** Units of a table as it is printed: a line for each person, a sign for each unit, a point where nothing was said. */
function unitsOf(...lines: string[]): number[][] {
  const signs = [...new Set(lines.join('').replaceAll('.', ''))].sort()
  const length = lines[0]?.length ?? 0
  return Array.from({ length }, (_, i) => signs.map((sign) => lines.filter((line) => line[i] === sign).length))
}

// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", sections A to C.
test.each([
  ['two people, two answers, nothing missing', ['0100000010', '1110010000'], 0.095],
  ['two people, five answers, nothing missing', ['aabbdcccedda', 'babbbccceddd'], 0.692],
  ['four people, five answers, some missing', ['123321412...', '1233224125.3', '.3332342251.', '12332441251.'], 0.743],
] as const)('alpha is the one that was published: %s', (_, lines, published) => {
  expect(nominalAlpha(unitsOf(...lines))).toBeCloseTo(published, 3)
})

test('alpha is 1 where all agree, and null where nothing varies or nothing was said twice', () => {
  expect(nominalAlpha(unitsOf('0101', '0101'))).toBe(1)
  expect(nominalAlpha(unitsOf('0000', '0000'))).toBeNull()
  expect(nominalAlpha(unitsOf('01..', '..10'))).toBeNull()
})

test('alpha is that of the definition, pair by pair', () => {
  const table = fc.array(fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(table, (units) => {
      const alpha = nominalAlpha(units)
      const plain = byPairs(units)
      if (alpha === null || plain === null) expect(alpha).toBe(plain)
      else expect(alpha).toBeCloseTo(plain, 9)
    }),
  )
})

/** 1 - observed / expected, both by walking over all pairs of answers. */
function byPairs(units: readonly (readonly number[])[]): number | null {
  const said = units.map((unit) => unit.flatMap((n, value) => Array<number>(n).fill(value))).filter((u) => u.length > 1)
  const all = said.flat()
  const observed = said.reduce((sum, unit) => {
    const pairs = unit.flatMap((a, i) => unit.map((b, j) => (i !== j && a !== b ? 1 : 0)))
    return sum + pairs.reduce((x: number, y) => x + y, 0) / (unit.length - 1)
  }, 0)
  let expected = 0
  all.forEach((a, i) => all.forEach((b, j) => (expected += i !== j && a !== b ? 1 : 0)))
  return expected === 0 ? null : 1 - observed / all.length / (expected / (all.length * (all.length - 1)))
}

test('the spread is smaller with more items, and the same each time', () => {
  const clusters = (n: number) =>
    Array.from({ length: n }, (_, i) => [i % 5 ? [3, 0, 0] : [1, 2, 0], i % 2 ? [0, 3, 0] : [2, 1, 0]])
  const [few, many] = [alphaWithSpread(clusters(20)), alphaWithSpread(clusters(400))]
  expect(few).toEqual(alphaWithSpread(clusters(20)))
  expect(many.plusMinus ?? 1).toBeLessThan((few.plusMinus ?? 0) / 2)
  expect(few).toMatchObject({ items: 40, answers: 120 })
  expect(few.alpha).toBeCloseTo(many.alpha ?? 0, 2)
})
