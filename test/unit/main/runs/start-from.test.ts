import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import type { Run } from '@shared/contract/learning'
import { ClassId } from '@shared/ids'
import { requireStart } from '@main/runs/start-from'
import { aRun } from '../../../support/runs'

const small = { size: 32, stem: 4, widths: [4, 4, 8, 8] }
const settings = (more: object = {}) => ClassifierConfig.parse({ ...small, ...more })
const named = (...names: string[]) => names.map((name) => ({ id: ClassId.parse(name), name }))
const tricks = named('Ollie', 'Kickflip')
const aStart = (run: Partial<Run> = {}, more: object = {}) => ({
  from: { ...aRun({ name: 'First', state: 'done', config: settings() }), ...run } as Run,
  ...{ fromClasses: tricks, config: settings(), classes: tricks, ...more },
})
const reason = (pattern: RegExp) =>
  expect.objectContaining({
    code: 'BAD_SETTING',
    data: { setting: 'startFrom', reason: expect.stringMatching(pattern) },
  })

test('a finished classifier of the same layers and classes is begun with, whatever the picture size', () => {
  expect(() => requireStart(aStart({}, { config: settings({ size: 112, frames: 4 }) }))).not.toThrow()
})

test('the order of the classes is no difference: that of the weights is taken', () => {
  expect(() => requireStart(aStart({}, { classes: tricks.toReversed() }))).not.toThrow()
})

test('an explanation model and an unfinished run are refused', () => {
  expect(() => requireStart(aStart({ kind: 'explainer' }))).toThrow(reason(/First is no classifier/))
  expect(() => requireStart(aStart({ state: 'cancelled' }))).toThrow(
    expect.objectContaining({ code: 'RUN_NOT_FINISHED' }),
  )
})

test('other classes are refused by name', () => {
  expect(() => requireStart(aStart({}, { classes: named('Ollie', 'Heelflip') }))).toThrow(
    reason(/trained on other classes: Heelflip is new, Kickflip is gone\./),
  )
})

test('other layers are refused by the first that does not fit', () => {
  const wide = aStart({}, { config: settings({ widths: [4, 8, 8, 8] }) })
  expect(() => requireStart(wide)).toThrow(reason(/block2\.conv1 has 440 weights, and 880 are wanted/))
  expect(() => requireStart(aStart({}, { config: settings({ fcLayers: 2 }) }))).toThrow(reason(/fc1 has 18 weights/))
})

test('a flattened head ties a network to its picture size', () => {
  const from = { config: settings({ head: 'flatten' }) }
  expect(() => requireStart(aStart(from, { config: settings({ head: 'flatten', size: 64 }) }))).toThrow(
    reason(/fc1 has/),
  )
})
