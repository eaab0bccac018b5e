import { expect, test } from 'vitest'
import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { SweepPlan } from '@shared/config/sweep'
import { commandLine } from '@renderer/views/train/command-line'

const quick = ClassifierConfig.parse(classifierPresets.Quick.settings)

test('a preset as it is needs no further option', () => {
  const start = { kind: 'classifier' as const, preset: 'Quick', config: quick }
  expect(commandLine(start, { usual: quick, project: '/films/tricks' })).toBe(
    'whynot train classifier --project /films/tricks --preset Quick',
  )
})

test('what differs from the preset stands behind it, in kebab case', () => {
  const config = { ...quick, learningRate: 0.05, flip: false, widths: [8, 8, 8, 8] }
  const line = commandLine({ kind: 'classifier', preset: 'Quick', config }, { usual: quick, project: '.' })
  expect(line).toBe(
    'whynot train classifier --project . --preset Quick --widths 8,8,8,8 --learning-rate 0.05 --no-flip',
  )
})

test('a classifier that begins with the weights of another one names it', () => {
  const start = { kind: 'classifier' as const, preset: 'Quick', config: quick }
  expect(commandLine(start, { usual: quick, project: '.', startFrom: 'Classifier 6' })).toBe(
    "whynot train classifier --project . --preset Quick --start 'Classifier 6'",
  )
})

test('names with spaces and quotes are quoted for the shell', () => {
  const usual = ExplainerConfig.parse({})
  const start = { kind: 'explainer' as const, preset: 'Custom', name: "Ann's run", config: usual }
  expect(commandLine(start, { usual, project: '/my films', explains: 'Classifier 6' })).toBe(
    "whynot train explainer --project '/my films' --name 'Ann'\\''s run' --classifier 'Classifier 6'",
  )
})

test('a sweep is the same settings, what is varied, and how', () => {
  const config = ClassifierConfig.parse({ epochs: 5 })
  const line = commandLine(
    { kind: 'classifier', preset: 'Custom', config },
    {
      ...{ usual: ClassifierConfig.parse({}), project: 'p' },
      sweep: {
        axes: [{ field: 'learningRate', from: 0.0001, to: 0.1, scale: 'log' }],
        plan: SweepPlan.parse({ method: 'random', runs: 8 }),
      },
    },
  )
  expect(line).toBe(
    "whynot sweep classifier --project p --epochs 5 --vary 'learning-rate=0.0001..0.1 log' --method random --runs 8",
  )
})
