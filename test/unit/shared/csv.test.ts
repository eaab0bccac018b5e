import { csvLine, unguardCsv } from '@shared/csv'
import { expect, test } from 'vitest'

const formulas = [
  '=1',
  '+1',
  '-1',
  '@a',
  ' =1',
  '  +1',
  '\t=1',
  '\u00a0=1',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  ' ＝1',
  '\tword',
]

test.each(formulas)('words that a sheet would take for a formula are guarded, and read as they were: %j', (words) => {
  expect(csvLine([words])).toBe(`'${words}`)
  expect(unguardCsv(`'${words}`)).toBe(words)
})

test('other words and numbers stand as they are', () => {
  expect(csvLine(["d'Artagnan", 'a=b', -1, ' a', "'quoted'"])).toBe("d'Artagnan,a=b,-1, a,'quoted'")
  expect(unguardCsv("'quoted'")).toBe("'quoted'")
})
