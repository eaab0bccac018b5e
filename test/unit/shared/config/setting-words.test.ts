import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { rangeOf, settingFields, wanted } from '@shared/config/setting-words'

test.each([
  ['classifier', ClassifierConfig],
  ['explainer', ExplainerConfig],
  ['evaluation', EvaluationConfig],
] as const)('every setting of the %s has a title, a default, and a kind that fits it', (_, schema) => {
  const fields = settingFields(schema)
  expect(fields.map(({ key }) => key)).toEqual(Object.keys(schema.shape))
  for (const field of fields) {
    expect(field.title, field.key).not.toBe(field.key)
    expect(field.default, field.key).toBeDefined()
    if (field.kind === 'choice') expect(field.options, field.key).toContain(field.default)
    // A layer of labels has the name that somebody gave it.
    expect(field.kind === 'text', field.key).toBe(field.key === 'layer')
  }
})

const field = (key: string) =>
  [ClassifierConfig, ExplainerConfig].flatMap(settingFields).find((one) => one.key === key)!

test('kind, options and unit are read from the schema', () => {
  expect(field('size')).toMatchObject({ kind: 'integer', unit: 'px', minimum: 16, maximum: 448, numeric: true })
  expect(field('widths')).toMatchObject({ kind: 'numbers', length: 4, numeric: true })
  expect(field('classes')).toMatchObject({ kind: 'texts', options: [], numeric: false })
  expect(field('poolAfter')).toMatchObject({ kind: 'choices', options: ['stem', 'block1', 'block2', 'block3'] })
  expect(field('featurePooling')).toMatchObject({ kind: 'choice', options: [1, 2], numeric: true })
})

test('a bound that is only the end of all numbers is none', () => {
  expect(field('seed')).toMatchObject({ minimum: 0, maximum: undefined })
})

test.each([
  ['size', '16 to 448', 'a whole number, 16 to 448'],
  ['seed', '0 or more', 'a whole number, 0 or more'],
  ['learningRate', 'above 0, at most 10', 'a number, above 0, at most 10'],
  ['shortVideos', '', 'reflect or loop'],
  ['featurePooling', '', '1 or 2'],
  ['poolAfter', '', 'a list, commas between: stem, block1, block2 or block3'],
  ['flip', '', 'yes or no'],
])('what %s takes is said in one way', (key, range, takes) => {
  expect([rangeOf(field(key)), wanted(field(key))]).toEqual([range, takes])
})
