import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '@main/learning/checkpoint/safetensors'

test('weights come back as they were written, whatever their names and shapes', () => {
  const list = fc.uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
      values: fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 9 }),
    }),
    { selector: ({ name }) => name, maxLength: 5 },
  )
  fc.assert(
    fc.property(list, (entries) => {
      const weights = new Map(
        entries.map(({ name, values }) => [name, { shape: [values.length], values: Float32Array.from(values) }]),
      )
      const { weights: read, metadata } = readSafetensors(Buffer.from(writeSafetensors(weights, { kind: 'test' })))
      expect(read.size).toBe(weights.size)
      for (const [name, { shape, values }] of weights) {
        expect(read.get(name)?.shape).toEqual(shape)
        expect([...(read.get(name)?.values ?? [])]).toEqual([...values])
      }
      expect(metadata.kind).toBe('test')
    }),
    { numRuns: 50 },
  )
})

test('the bytes are those of the format: header length, JSON header, data', () => {
  const file = writeSafetensors(new Map([['w', { shape: [2], values: Float32Array.of(1, -2) }]]))
  const length = Number(new DataView(file.buffer).getBigUint64(0, true))
  expect(length % 8).toBe(0)
  expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
    __metadata__: {},
    w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  })
  expect([...new Float32Array(file.slice(8 + length).buffer)]).toEqual([1, -2])
})

test('a file that is cut short or is something else says so', () => {
  const file = writeSafetensors(new Map([['w', { shape: [2], values: Float32Array.of(1, 2) }]]))
  expect(() => readSafetensors(file.subarray(0, file.length - 4))).toThrow('w has 8 bytes')
  expect(() => readSafetensors(new Uint8Array(3))).toThrow('shorter than its header length')
  expect(() => readSafetensors(new Uint8Array(64).fill(255))).toThrow('announces a header')
})
