import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '@main/evaluation/evaluate'
import { openEngine } from '@main/learning/engine/open-engine'
import { newExplainer } from '@main/learning/explainer/explainer-model'
import { GlassBox } from '@main/studies/t0/glass-box'
import { t0Attributes, t0Clip } from '@main/studies/t0/t0-clips'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'

const script = resolve(import.meta.dirname, '../independent/table.py')
const python = process.env.PYTHON ?? 'python3'

function hasNumpy(): boolean {
  try {
    execFileSync(python, ['-c', 'import numpy'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.skipIf(!hasNumpy())(
  'numpy gets every value of the table from its rows (needs python3 with numpy; set PYTHON to one that has it)',
  { timeout: 180_000 },
  async () => {
    await openEngine()
    const target = new GlassBox()
    const folder = mkdtempSync(join(tmpdir(), 'whynot-table-'))
    try {
      const shape = { taps: target.taps, frames: target.frames, classes: target.classes, attributes: t0Attributes() }
      const level = { threshold: 0.05, rate: 0.05, without: 100, with: 100, separation: 1 }
      const classSets = Array.from({ length: target.classes }, (_, c) => [c])
      const wordClips = Array.from({ length: t0Attributes() }, () => 30)
      const config = EvaluationConfig.parse({
        pairs: 'all',
        maxPairs: 40,
        baselines: ['randomTube', 'centreCrop', 'trueTube'],
      })
      const { columns, rows } = await evaluate({
        ...{ target, config, search: { movement: 1, link: 'fixed' } },
        explainer: newExplainer(shape, ExplainerConfig.parse({}), []),
        clips: { count: 8, get: async (i) => ({ video: `clip ${i}`, actor: null, ...t0Clip(0, 'test', i + 7) }) },
        reference: Array.from({ length: 64 }, (_, i) => t0Clip(0, 'train', i)),
        facts: { wordClips, classSets, evidence: { min: level, max: level } },
      })
      const file = join(folder, 'rows.json')
      writeFileSync(file, JSON.stringify({ config, columns, rows }))
      const { compared, wrong } = JSON.parse(execFileSync(python, [script, file], { encoding: 'utf8' }))
      expect(wrong).toEqual([])
      expect(compared).toBeGreaterThan(40)
    } finally {
      target.dispose()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
