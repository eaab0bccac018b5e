import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { settingFields } from '@shared/config/setting-words'
import { axisOf, axisText } from '@shared/config/sweep-text'

const fields = settingFields(ClassifierConfig)
const read = (key: string, text: string) =>
  axisOf(
    fields.find((field) => field.key === key)!,
    text,
  )

test.each([
  ['learningRate', '0.01, 0.1', { values: [0.01, 0.1] }],
  ['learningRate', '1e-4..1e-1 log', { from: 0.0001, to: 0.1, scale: 'log' }],
  ['learningRate', '1e-4..1e-1:log', { from: 0.0001, to: 0.1, scale: 'log' }],
  ['seed', '0..4', { from: 0, to: 4, scale: 'linear' }],
  ['momentum', '.5 .. .9', { from: 0.5, to: 0.9, scale: 'linear' }],
  ['optimizer', 'sgd,adam', { values: ['sgd', 'adam'] }],
  ['schedule', 'in steps, Cosine', { values: ['step', 'cosine'] }],
  ['flip', 'yes, no', { values: [true, false] }],
  [
    'widths',
    '8,16,32,32 | 16,32,64,64',
    {
      values: [
        [8, 16, 32, 32],
        [16, 32, 64, 64],
      ],
    },
  ],
  ['poolAfter', 'stem,block1 | stem', { values: [['stem', 'block1'], ['stem']] }],
  ['classes', 'ball, pole + ball | ring', { values: [['ball', 'pole + ball'], ['ring']] }],
  // The settings say what is wrong with it.
  ['epochs', 'many', { values: ['many'] }],
] as const)('%s: "%s" is read, and written the same way', (field, text, axis) => {
  const found = read(field, text)
  expect(found).toEqual({ field, ...axis })
  expect(read(field, axisText(found!))).toEqual(found)
})

test('nothing typed is nothing', () => expect(read('epochs', ' , ')).toBeNull())
