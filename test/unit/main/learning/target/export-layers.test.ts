import * as tf from '@tensorflow/tfjs'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'
import { random } from '@main/learning/random'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { exportLayers } from '@main/learning/target/export-layers'
import { importModel } from '@main/learning/target/model-import'
import { inspectModel } from '@main/learning/target/model-inspect'
import type { PixelScale } from '@main/learning/target/pixel-scale'
import { ClassifierConfig } from '@shared/config/classifier'

const scale: PixelScale = { mean: [0.4, 0.5, 0.6], deviation: [0.25, 0.2, 0.3] }
const classes = ['red', 'green', 'blue']

beforeAll(() => openEngine())

test.each([
  ['a mean and one layer', {}],
  ['a flattened map and two layers', { head: 'flatten', fcLayers: 2, fcWidth: 8 }],
] as const)(
  'a network of ours with %s, written as a LayersModel, says the same and keeps its maps',
  async (_, head) => {
    const small = { size: 32, frames: 4, stem: 2, widths: [2, 4, 4, 6], poolAfter: ['stem', 'block1'] }
    const model = new C3dResnet(ClassifierConfig.parse({ ...small, ...head }), 3, scale)
    const folder = mkdtempSync(join(tmpdir(), 'whynot-layers-'))
    const before = tf.memory().numTensors
    const files = await exportLayers(model, classes, 'weights.bin')
    expect(tf.memory().numTensors).toBe(before)
    writeFileSync(join(folder, 'model.json'), files.json)
    writeFileSync(join(folder, 'weights.bin'), files.weights)
    const path = join(folder, 'model.json')
    const facts = await inspectModel({ path })
    expect(facts).toMatchObject({
      format: 'layers-model',
      frames: 4,
      height: 32,
      output: 'logits',
      names: classes,
      scale,
    })
    const target = await importModel(path, { taps: model.taps.map(({ name }) => name), scale })
    const stream = random(3)
    const pixels = Uint8Array.from({ length: 4 * 32 * 32 * 3 }, () => stream.int(256))
    const [ours, theirs] = [
      await model.features([model.inputOf(pixels)]),
      await target.features([target.inputOf(pixels)]),
    ]
    expect(theirs.maps.map(({ shape }) => shape)).toEqual(ours.maps.map(({ shape }) => shape))
    for (const [a, b] of [[ours.logits, theirs.logits], ...ours.maps.map((map, i) => [map, theirs.maps[i]!])] as const)
      expect(Math.max(...a!.values.map((v, i) => Math.abs(v - b!.values[i]!)))).toBeLessThan(1e-4)
    model.dispose()
    target.dispose()
  },
)
