import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { openNetwork } from '@main/learning/target/model-network'
import { onnxFile } from '../../../../../support/onnx-model'

const path = onnxFile()
const home = mkdtempSync(join(tmpdir(), 'whynot-home-'))
afterAll(() => rmSync(home, { recursive: true }))

test('a model is run, and nothing of it is put aside to be reported to anybody', async () => {
  for (const name of ['HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME']) vi.stubEnv(name, home)
  // A machine that builds is not asked to report: where this is one, it is none for now.
  for (const name of ['CI', 'GITHUB_ACTIONS', 'ORT_DISABLE_TELEMETRY']) vi.stubEnv(name, undefined)
  const network = await openNetwork(path)
  const [{ shape } = { shape: [] }] = await network.run(
    { values: new Float32Array(4 * 24 * 24 * 3), shape: [1, 4, 24, 24, 3] },
    'logits',
    [],
  )
  expect(shape).toEqual([1, 3])
  network.dispose()
  expect(readdirSync(home, { recursive: true })).toEqual([])
})
