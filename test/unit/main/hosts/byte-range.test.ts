import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeHeaders, sliceRange } from '@main/hosts/byte-range'

test.each([
  ['bytes=0-99', 1000, { status: 206, from: 0, to: 99 }],
  ['bytes=900-', 1000, { status: 206, from: 900, to: 999 }],
  ['bytes=-100', 1000, { status: 206, from: 900, to: 999 }],
  ['bytes=-5000', 1000, { status: 206, from: 0, to: 999 }],
  ['bytes=990-2000', 1000, { status: 206, from: 990, to: 999 }],
  ['bytes=999-999', 1000, { status: 206, from: 999, to: 999 }],
  ['bytes=1000-', 1000, { status: 416 }],
  ['bytes=-0', 1000, { status: 416 }],
  ['bytes=0-', 0, { status: 416 }],
  ['bytes=5-2', 1000, { status: 200, from: 0, to: 999 }],
  ['bytes=-', 1000, { status: 200, from: 0, to: 999 }],
  ['bytes=0-1,5-6', 1000, { status: 200, from: 0, to: 999 }],
  ['frames=0-1', 1000, { status: 200, from: 0, to: 999 }],
  [null, 1000, { status: 200, from: 0, to: 999 }],
])('%s of %i bytes', (header, size, slice) => {
  expect(sliceRange(header, size)).toEqual(slice)
})

test('an answer names the bytes it holds, and a refusal the size of the file', () => {
  expect(rangeHeaders({ status: 206, from: 10, to: 19 }, 100)).toMatchObject({
    'content-length': '10',
    'content-range': 'bytes 10-19/100',
  })
  expect(rangeHeaders({ status: 416 }, 100)).toMatchObject({ 'content-range': 'bytes */100' })
})

test('whatever is asked, the bytes sent lie inside the file', () => {
  const part = fc.option(fc.nat(2000), { nil: '' })
  fc.assert(
    fc.property(part, part, fc.integer({ min: 1, max: 1500 }), (from, to, size) => {
      const slice = sliceRange(`bytes=${from}-${to}`, size)
      if (slice.status === 416) return
      expect(slice.from).toBeGreaterThanOrEqual(0)
      expect(slice.to).toBeLessThan(size)
      expect(slice.from).toBeLessThanOrEqual(slice.to)
    }),
  )
})
