import { expect, test } from 'vitest'
import { Name } from '@shared/name'
import { Starter, starters } from '@shared/starter-vocabularies'

test('every starter vocabulary has words of one name each, with a sentence that says when they are present', () => {
  for (const starter of starters()) {
    expect(Starter.parse(starter)).toEqual(starter)
    const names = starter.words.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    // As many as have a colour and a pattern of their own, and a key.
    expect(names.length).toBeLessThanOrEqual(24)
    for (const { name, description } of starter.words) {
      expect(Name.parse(name)).toBe(name)
      expect(description).toMatch(/^[A-Z].*\.$/)
    }
  }
})

test('what is of one side says so, so that no flip of a picture makes it a lie', () => {
  const sided = starters().flatMap(({ words }) => words.filter(({ side }) => side !== 'none'))
  expect(sided.map(({ name, side }) => name.startsWith(side))).toEqual(sided.map(() => true))
  expect(sided).toHaveLength(4)
})
