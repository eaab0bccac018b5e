import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ExplainerConfig } from '@shared/config/explainer'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { loadExplainer, saveExplainer } from '@main/worker/session/explainer-files'
import { aPresence } from '../../../../support/a-presence'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whynot-explainer-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const { model, head } = aPresence()
const target = { taps: model.taps, frames: model.frames, classes: model.classes } as unknown as TargetClassifier
const names = { classes: ['a', 'b', 'c'], attributes: ['pole', 'ball'] }

function saved(of = model, settings = {}) {
  const place = join(folder, 'model')
  saveExplainer(place, of, { config: ExplainerConfig.parse(settings), ...names })
  return place
}

test('an explainer comes back with its presence head, and with the near tie it was made with', () => {
  const { model: found } = loadExplainer(saved(model, { nearTie: 0.1 }), target)
  expect(found.weights).toEqual(model.weights)
  expect(found.presence).toEqual({ ...head, nearTie: 0.1 })
})

test('a folder of an earlier version, whose settings know nothing of presence, opens without a head', () => {
  const place = saved(model.withPresence(null))
  const file = join(place, 'model.json')
  const about = JSON.parse(readFileSync(file, 'utf8'))
  delete about.config.presence
  delete about.config.nearTie
  writeFileSync(file, JSON.stringify(about))
  const { model: found } = loadExplainer(place, target)
  expect(found.presence).toBeNull()
  expect(found.weights).toEqual(model.weights)
})
