import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importModel } from '@main/learning/target/model-import'
import { inspectModel } from '@main/learning/target/model-inspect'
import { tempFolder } from '../support/studio'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide-own-model.md'), 'utf8')
const python = process.env.PYTHON ?? 'python3'
const hasTorch = spawnSync(python, ['-c', 'import torch, torchvision, onnx, onnxscript, numpy']).status === 0

if (!hasTorch) console.warn('The guide is not run: torch, torchvision, onnx, onnxscript or numpy is not there.')

test.runIf(hasTorch)(
  "the guide's export of r3d_18, copied and run, is looked at and says what PyTorch says",
  async () => {
    using folder = tempFolder()
    const [, script = ''] = /```python\n(.*?)```/s.exec(guide) ?? []
    mkdirSync(folder.path, { recursive: true })
    writeFileSync(join(folder.path, 'export.py'), script)
    execFileSync(python, ['export.py'], { cwd: folder.path, stdio: 'ignore' })
    const file = join(folder.path, 'net.onnx')
    const facts = await inspectModel({ path: file })
    expect(facts).toMatchObject({ axes: 'NCTHW', frames: 16, height: 112, classes: 400, output: 'logits' })
    expect(facts.names?.slice(0, 2)).toEqual(['class 0', 'class 1'])
    expect(facts.scale?.mean[0]).toBeCloseTo(0.43216, 6)
    expect(facts.proposed).toHaveLength(2)
    const target = await importModel(file, { taps: facts.proposed.slice(0, 1) })
    expect(target.taps[0]).toMatchObject({ rows: 7, cols: 7, channels: 512, time: { frames: 2, stride: 8 } })
    expect(await target.check(join(folder.path, 'sample.npz'))).toBeLessThan(1e-4)
    target.dispose()
  },
  900_000,
)
