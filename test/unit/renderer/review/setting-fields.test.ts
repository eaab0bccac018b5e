import { expect, test } from 'vitest'
import { EvaluationConfig } from '@shared/config/evaluation'
import { numbersOf, settingFields } from '@renderer/views/review/setting-fields'

test('every setting has a title and a field of its kind, with its bounds', () => {
  const fields = settingFields(EvaluationConfig)
  expect(fields.map(({ key }) => key)).toEqual(Object.keys(EvaluationConfig.shape))
  const field = (key: string) => fields.find((other) => other.key === key)
  expect(field('pairs')).toMatchObject({ title: 'Class pairs', kind: 'choice', choices: ['all', 'top', 'remove1'] })
  expect(field('negatives')).toMatchObject({ kind: 'number', min: 1, max: 100, whole: true })
  expect(field('maxPairs')).toMatchObject({ kind: 'number', min: 0, max: undefined })
  expect(field('baselines')).toMatchObject({ kind: 'choices' })
  expect(field('top')).toMatchObject({ kind: 'numbers' })
  expect(field('trim')).toMatchObject({ kind: 'switch' })
  expect(fields.every(({ title, key }) => title !== key)).toBe(true)
})

test('numbers are read however they are separated', () => {
  expect(numbersOf('1, 3;5 7')).toEqual([1, 3, 5, 7])
  expect(numbersOf('one, 2')).toEqual([2])
  expect(numbersOf('')).toEqual([])
})
