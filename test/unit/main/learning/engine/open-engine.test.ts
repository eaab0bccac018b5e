import { expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'

test('plain JavaScript is opened with a warning', async () => {
  const engine = await openEngine({ backend: 'cpu' })
  expect(engine.reason).toMatch(/^plain JavaScript, far too slow for training/)
})

test('a native engine that is not there is named when it is asked for', async () => {
  const installation = { variant: 'wasm', version: '', folder: null, reason: 'python3 was not found' } as const
  await expect(openEngine({ backend: 'tensorflow', installation })).rejects.toThrow(/python3 was not found/)
})

test('a native engine that does not load gives way to WebAssembly, which says why', async () => {
  const installation = { variant: 'cpu', version: '2.21.0', folder: '/nowhere', reason: '' } as const
  const engine = await openEngine({ installation })
  expect(engine).toMatchObject({ backend: 'wasm', variant: null })
  expect(engine.reason).toMatch(/TensorFlow did not load/)
})
