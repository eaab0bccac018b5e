import { describe, expect, test } from 'vitest'
import type { DecodedTable, SourceFacts } from '@main/media/decode/contract/decoder'
import { damageInWords, detailOf, spansInWords } from '@main/media/sources/words'

function table(frames: number, rest: Partial<DecodedTable> = {}): DecodedTable {
  return {
    timestampsMs: Array.from({ length: frames }, (_, i) => i),
    badFrames: [],
    errors: [],
    complaints: [],
    ...rest,
  }
}

function facts(declaredFrames: number | null): SourceFacts {
  return { declaredFrames } as SourceFacts
}

describe('damage in words', () => {
  test('says how many pictures and which', () => {
    expect(damageInWords(facts(100), table(100, { badFrames: [3, 4, 5, 9] }))).toBe(
      '4 of 100 pictures were decoded with errors (3-5, 9). Look at it before you use it.',
    )
  })

  test('is nothing when only the count differs from the header: that is normal', () => {
    expect(damageInWords(facts(102), table(62))).toBeNull()
  })

  test('names what is missing beside other damage', () => {
    const complaints = ['The file is cut off: 12 bytes are missing at its end.']
    expect(damageInWords(facts(300), table(177, { complaints, errors: ['x'] }))).toBe(
      'The file is cut off: 12 bytes are missing at its end. The decoder complained while reading it; 177 pictures could ' +
        'be decoded. The file announces 300. Look at it before you use it.',
    )
  })
})

test('long lists of pictures end with how many more there are', () => {
  expect(spansInWords([1, 3, 5, 7, 8, 9], 2)).toBe('1, 3 and 4 more')
  expect(spansInWords([])).toBe('')
})

test('the detail holds each line once and says how many were left out', () => {
  expect(detailOf([])).toBeNull()
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i % 10}`)
  expect(detailOf(lines)?.split('\n')).toHaveLength(9)
  expect(detailOf(lines)).toMatch(/and 2 more$/)
})
