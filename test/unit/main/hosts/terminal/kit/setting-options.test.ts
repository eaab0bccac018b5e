import { Command } from 'commander'
import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'

function typed(schema: Parameters<typeof addSettings>[1], ...argv: string[]): Record<string, unknown> {
  return addSettings(new Command(), schema).parse(argv, { from: 'user' }).opts()
}

test('every setting has a flag, and nothing typed means the defaults', () => {
  const command = addSettings(new Command(), ClassifierConfig)
  for (const name of ['--fc-layers', '--short-videos', '--no-flip', '--memory-budget'])
    expect(command.options.map(({ long }) => long)).toContain(name)
  expect(settingsFrom(ClassifierConfig, {}, typed(ClassifierConfig))).toEqual(ClassifierConfig.parse({}))
})

test('what is typed wins over the preset, and the preset over the defaults', () => {
  const given = typed(ClassifierConfig, '--epochs', '3', '--no-flip', '--widths', '8,16,32,32')
  const settings = settingsFrom(ClassifierConfig, { epochs: 6, size: 64, flip: true }, given)
  expect(settings).toMatchObject({ epochs: 3, size: 64, flip: false, widths: [8, 16, 32, 32], batch: 64 })
})

test('words stay words and numbers become numbers', () => {
  expect(
    settingsFrom(ExplainerConfig, {}, typed(ExplainerConfig, '--feature-pooling', '2', '--link', 'free')),
  ).toMatchObject({
    featurePooling: 2,
    link: 'free',
  })
  expect(settingsFrom(EvaluationConfig, {}, typed(EvaluationConfig, '--top', '1,3', '--trim'))).toMatchObject({
    top: [1, 3],
    trim: true,
  })
})

test('a value outside its bounds is refused by the name of its flag', () => {
  expect(() => settingsFrom(ClassifierConfig, {}, typed(ClassifierConfig, '--fc-layers', '7'))).toThrow(
    expect.objectContaining({ code: 'BAD_SETTING', data: expect.objectContaining({ setting: '--fc-layers' }) }),
  )
})

test.each([
  ['--fc-layers', '7', 'It takes a whole number, 1 to 3, and was given 7.'],
  ['--epochs', 'many', 'It takes a whole number, 1 to 1000, and was given "many".'],
  ['--learning-rate', '-1', 'It takes a number, above 0, at most 10, and was given -1.'],
  ['--short-videos', 'cut', 'It takes reflect or loop, and was given "cut".'],
])('a wrong value is told with what the setting takes: %s %s', (flag, value, reason) => {
  expect(() => settingsFrom(ClassifierConfig, {}, typed(ClassifierConfig, flag, value))).toThrow(
    expect.objectContaining({ code: 'BAD_SETTING', data: { setting: flag, reason } }),
  )
})

test('the help of a setting says what it is, its unit, what it takes and its default', () => {
  const help = addSettings(new Command(), ClassifierConfig).helpInformation().replace(/\s+/g, ' ')
  expect(help).toContain(
    '--size <value> Picture size. Side of the square the network sees (px; 16 to 448; default 112)',
  )
  expect(help).toContain('reflect | loop; default reflect')
})
