import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '@main/learning/checkpoint/safetensors'

/** A file as the format's page lays it out: length of the header, the header, the data. */
function fileOf(header: string, data: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(header)
  const file = new Uint8Array(8 + json.length + data.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, 8)
  file.set(data, 8 + json.length)
  return file
}

const float = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer)

test('any named arrays come back as they were', () => {
  const arrays = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => !['__metadata__', '__proto__'].includes(name)),
    fc.float32Array({ maxLength: 12 }),
  )
  fc.assert(
    fc.property(arrays, fc.dictionary(fc.constantFrom('a', 'b é'), fc.string()), (content, metadata) => {
      const weights = new Map(
        Object.entries(content).map(([name, values]) => [name, { shape: [values.length], values }]),
      )
      const read = readSafetensors(writeSafetensors(weights, metadata))
      expect(new Map(read.weights)).toEqual(weights)
      expect({ ...read.metadata }).toEqual({ ...metadata })
    }),
  )
})

test('the bytes are those of the format: header length, JSON padded with spaces to 8, arrays without gaps', () => {
  const file = writeSafetensors(
    new Map([
      ['w', { shape: [1, 2], values: Float32Array.of(1, -2) }],
      ['b', { shape: [1], values: Float32Array.of(0.5) }],
    ]),
  )
  const length = Number(new DataView(file.buffer).getBigUint64(0, true))
  expect(length % 8).toBe(0)
  expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
    __metadata__: {},
    w: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
    b: { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
  })
  expect([...file.subarray(8 + length)]).toEqual([...float(1, -2, 0.5)])
})

test("a file that another program wrote is read, whatever its arrays' order", () => {
  const header =
    '{"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}'
  const { weights } = readSafetensors(fileOf(header, float(3, 4, 5)))
  expect(weights.get('w')).toEqual({ shape: [2, 1], values: Float32Array.of(3, 4) })
  expect(weights.get('b')).toEqual({ shape: [], values: Float32Array.of(5) })
})

test('a file inside a larger buffer is read where it stands', () => {
  const file = writeSafetensors(new Map([['w', { shape: [1], values: Float32Array.of(7) }]]))
  const buffer = new Uint8Array(file.length + 3)
  buffer.set(file, 3)
  expect(readSafetensors(buffer.subarray(3)).weights.get('w')?.values).toEqual(Float32Array.of(7))
})

const entry = (change: object) => JSON.stringify({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...change } })

test.each([
  ['too short for its length', new Uint8Array(5), /shorter than its header length/],
  ['cut off in its header', fileOf(entry({}), float(1, 2)).subarray(0, 20), /announces a header/],
  ['a header that is no JSON', fileOf('{"w":', float()), /header is not JSON/],
  ['a header that is no object', fileOf('[1]', float()), /header is not/],
  ['an entry without a shape', fileOf('{"w":{"dtype":"F32"}}', float()), /w is described/],
  ['cut off in its data', fileOf(entry({}), float(1)), /w has 8 bytes from 0, and the file ends at 4/],
  ['a shape that does not fit', fileOf(entry({ shape: [3] }), float(1, 2)), /needs 12/],
  ['offsets that run backwards', fileOf(entry({ shape: [], data_offsets: [8, 4] }), float(1, 2)), /w/],
  ['another type', fileOf(entry({ dtype: 'BF16' }), float(1, 2)), /type BF16/],
])('a file with %s is refused with a reason', (_what, file, reason) => {
  expect(() => readSafetensors(file)).toThrow(reason)
})
