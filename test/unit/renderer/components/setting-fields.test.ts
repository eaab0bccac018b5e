import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { settingFields } from '@shared/config/setting-words'
import { boundsOf, complaints, numbersIn, textsIn } from '@renderer/components/setting-fields'

for (const [name, schema] of Object.entries({ ClassifierConfig, ExplainerConfig, EvaluationConfig })) {
  test(`${name}: what the form shows at first is valid`, () => {
    expect(complaints(schema, Object.fromEntries(settingFields(schema).map((f) => [f.key, f.default])))).toEqual({})
  })
}

const field = (key: string) => settingFields(ClassifierConfig).find((one) => one.key === key)!

test('beside a field stand its unit and its bounds, as they count', () => {
  expect(boundsOf(field('size'))).toBe('px, 16 to 448')
  expect(boundsOf(field('learningRate'))).toBe('above 0, at most 10')
})

test('a value outside its bounds is complained about at its key, with what it takes', () => {
  const wrong = complaints(ClassifierConfig, { size: 8, batch: 'many', learningRate: 0, shortVideos: 'cut' })
  expect(wrong).toEqual({
    size: 'It takes a whole number, 16 to 448.',
    batch: 'It takes a whole number, 1 to 512.',
    learningRate: 'It takes a number, above 0, at most 10.',
    shortVideos: 'It takes forth and back or from the start again.',
  })
})

test('lists of numbers are read with commas or spaces', () => {
  expect([numbersIn('64, 128'), numbersIn('8 16'), numbersIn('8, x'), numbersIn('')]).toEqual([
    [64, 128],
    [8, 16],
    null,
    null,
  ])
})

test('lists of names have commas between, and a name may have several words', () => {
  expect([textsIn('ball, pole + ball,'), textsIn(' ')]).toEqual([['ball', 'pole + ball'], []])
})
