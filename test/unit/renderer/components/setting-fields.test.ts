import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { boundsOf, complaints, numbersIn, settingFields } from '@renderer/components/setting-fields'

for (const [name, schema] of Object.entries({ ClassifierConfig, ExplainerConfig, EvaluationConfig })) {
  test(`${name}: every setting has a title, a default, and a control that fits it`, () => {
    const fields = settingFields(schema)
    expect(fields.map(({ key }) => key)).toEqual(Object.keys(schema.shape))
    for (const field of fields) {
      expect(field.title, field.key).not.toBe(field.key)
      expect(field.default, field.key).toBeDefined()
      if (field.kind === 'choice') expect(field.options, field.key).toContain(field.default)
      expect(field.kind, field.key).not.toBe('text')
    }
  })

  test(`${name}: what the form shows at first is valid`, () => {
    expect(complaints(schema, Object.fromEntries(settingFields(schema).map((f) => [f.key, f.default])))).toEqual({})
  })
}

const field = (key: string) => settingFields(ClassifierConfig).find((one) => one.key === key)!

test('bounds and unit are read from the schema', () => {
  expect(boundsOf(field('size'))).toBe('px, 16 to 448')
  expect(field('widths').kind).toBe('numbers')
  expect(field('poolAfter')).toMatchObject({ kind: 'choices', options: ['stem', 'block1', 'block2', 'block3'] })
  expect(settingFields(ExplainerConfig).find(({ key }) => key === 'featurePooling')?.options).toEqual([1, 2])
})

test('a bound that is only the end of all numbers is not shown', () => {
  expect(field('seed')).toMatchObject({ minimum: 0, maximum: undefined })
})

test('a value outside its bounds is complained about at its key, with what it takes', () => {
  const wrong = complaints(ClassifierConfig, { size: 8, batch: 'many', learningRate: 0, shortVideos: 'cut' })
  expect(wrong).toEqual({
    size: 'It takes a whole number, 16 to 448.',
    batch: 'It takes a whole number, 1 to 512.',
    learningRate: 'It takes a number, more than 0, at most 10.',
    shortVideos: 'It takes one of reflect, loop.',
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
