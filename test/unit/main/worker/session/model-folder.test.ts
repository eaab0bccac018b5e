import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ExplainerConfig } from '@shared/config/explainer'
import type { ImportedModelConfig } from '@shared/config/imported-model'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { loadClassifier } from '@main/worker/session/classifier-files'
import { loadExplainer, saveExplainer } from '@main/worker/session/explainer-files'
import { loadImported, readImported, saveImported } from '@main/worker/session/imported-files'
import { aPresence } from '../../../../support/a-presence'

let home: string
let folder: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'whynot-model-'))
  folder = join(home, 'runs', 'r7', 'model')
  mkdirSync(join(home, 'runs', 'r7'), { recursive: true })
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const { model } = aPresence()
const target = { taps: model.taps, frames: model.frames, classes: model.classes } as unknown as TargetClassifier
const file = (name: string) => join(folder, name)
const load = () => loadExplainer(folder, target)
const damage = (reason: unknown, name = 'weights.safetensors') =>
  expect.objectContaining({ code: 'RUN_DAMAGED', data: { run: 'r7', path: file(name), reason } })

beforeEach(() => {
  const names = { classes: ['a', 'b', 'c'], attributes: ['pole', 'ball'] }
  saveExplainer(folder, model, { config: ExplainerConfig.parse({}), ...names })
})

test('one bit that flipped in the weights is noticed', () => {
  const bytes = readFileSync(file('weights.safetensors'))
  bytes[bytes.length - 3]! ^= 1
  writeFileSync(file('weights.safetensors'), bytes)
  expect(load).toThrow(damage(expect.stringContaining('SHA-256')))
})

test('weights that are cut off, missing, or no weights name their run and file', () => {
  truncateSync(file('weights.safetensors'), 100)
  expect(load).toThrow(damage(expect.stringContaining('cut off')))
  rmSync(file('weights.safetensors'))
  expect(load).toThrow(damage('it is missing'))
})

test.each(['', '{"format": 1, "ki', '{"format": 9}', 'null'])('a model.json of %j names its run', (text) => {
  writeFileSync(file('model.json'), text)
  expect(load).toThrow(damage('it does not say how the model is built', 'model.json'))
  expect(() => loadClassifier(folder)).toThrow(damage('it does not say how the model is built', 'model.json'))
  rmSync(file('model.json'))
  expect(() => readImported(folder)).toThrow(damage('it is missing', 'model.json'))
})

test('a model saved before hashes were stored opens, and says in words when it is cut off', () => {
  const { sha256, ...about } = JSON.parse(readFileSync(file('model.json'), 'utf8')) as { sha256: object }
  expect(sha256).toEqual({ 'weights.safetensors': expect.stringMatching(/^[\da-f]{64}$/) })
  writeFileSync(file('model.json'), JSON.stringify(about))
  expect(load().model.weights).toEqual(model.weights)
  truncateSync(file('weights.safetensors'), 100)
  expect(load).toThrow(damage(expect.stringContaining('bytes')))
})

test('weights that are links, as a cache of models has them, are copied as files, which nobody else changes', async () => {
  const manifest = [{ paths: ['weights.bin'], weights: [] }]
  mkdirSync(join(home, 'cache'))
  writeFileSync(join(home, 'cache', 'blob'), 'weights', { mode: 0o444 })
  symlinkSync(join(home, 'cache', 'blob'), join(home, 'weights.bin'))
  const from = join(home, 'model.json')
  writeFileSync(from, JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: manifest }))
  await saveImported(folder, from, { config: {} as ImportedModelConfig, classes: [] })
  rmSync(join(home, 'cache'), { recursive: true })
  expect(lstatSync(file('files/weights.bin')).isFile()).toBe(true)
  expect(readFileSync(file('files/weights.bin'), 'utf8')).toBe('weights')
  // A second time, as when it is brought in again.
  rmSync(join(home, 'weights.bin'))
  writeFileSync(join(home, 'weights.bin'), 'others')
  await saveImported(folder, from, { config: {} as ImportedModelConfig, classes: [] })
  expect(readFileSync(file('files/weights.bin'), 'utf8')).toBe('others')
})

test('of a model that was brought in every file is checked', async () => {
  const from = join(home, 'model.json')
  const manifest = [{ paths: ['weights.bin'], weights: [] }]
  writeFileSync(from, JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: manifest }))
  writeFileSync(join(home, 'weights.bin'), 'weights')
  await saveImported(folder, from, { config: {} as ImportedModelConfig, classes: [] })
  const about = JSON.parse(readFileSync(file('model.json'), 'utf8'))
  writeFileSync(file('files/weights.bin'), 'Weights')
  await expect(loadImported(folder, about)).rejects.toEqual(
    damage(expect.stringContaining('SHA-256'), 'files/weights.bin'),
  )
  renameSync(file('files/weights.bin'), file('files/other.bin'))
  await expect(loadImported(folder, about)).rejects.toEqual(damage('it is missing', 'files/weights.bin'))
})
