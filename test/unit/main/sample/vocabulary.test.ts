import { expect, test } from 'vitest'
import { classNames, classWithout, vocabulary } from '@main/sample/vocabulary'
import { SampleConfig } from '@shared/config/sample'

const names = (settings: object) => vocabulary(SampleConfig.parse(settings)).map(({ name }) => name)

test('three removable attributes make eight classes and six words', () => {
  const config = SampleConfig.parse({})
  expect(names({})).toEqual(['pole', 'ball', 'ring', 'crate', 'lamp', 'puddle'])
  expect(classNames(config)).toEqual([
    'nothing',
    'pole',
    'ball',
    'pole + ball',
    'ring',
    'pole + ring',
    'ball + ring',
    'pole + ball + ring',
  ])
})

test('four make sixteen classes; variants add a word each; in T4 the words are motions', () => {
  expect(classNames(SampleConfig.parse({ removable: 4 }))).toHaveLength(16)
  expect(names({ optionalAttributes: 0.5 })).toEqual([
    'pole',
    'ball',
    'ring',
    'red pole',
    'red ball',
    'red ring',
    'crate',
    'lamp',
    'puddle',
  ])
  expect(names({ tier: 'T4', removable: 2 })).toEqual(['swinging', 'bouncing', 'crate', 'lamp'])
})

test('a class without an attribute is the class of the others; distractors change nothing', () => {
  const config = SampleConfig.parse({})
  expect(classWithout(config, 0b111, [1])).toBe(0b101)
  expect(classWithout(config, 0b111, [0, 2])).toBe(0b010)
  expect(classWithout(config, 0b001, [2])).toBe(0b001)
  expect(classWithout(config, 0b111, [3, 4, 5])).toBe(0b111)
  const variants = SampleConfig.parse({ optionalAttributes: 0.5 })
  expect(classWithout(variants, 0b111, [3])).toBe(0b110)
  expect(classWithout(variants, 0b111, [6])).toBe(0b111)
})
