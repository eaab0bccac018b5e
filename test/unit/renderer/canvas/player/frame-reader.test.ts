import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader } from '@renderer/canvas/player/frame-reader'
import { PictureCache } from '@renderer/canvas/player/picture-cache'
import { FakeSource } from './fake-source'

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

function aReader(frames = 1000, kept = 48) {
  const source = new FakeSource(frames)
  return { source, reader: new FrameReader(source, new PictureCache(kept), frames) }
}

test('every frame asked for is the frame that comes, in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 199 }), fc.constantFrom(1, -1)), { maxLength: 30 }),
      async (wishes) => {
        const { reader } = aReader(200)
        for (const [frame, direction] of wishes)
          expect((await reader.get(frame, direction as 1 | -1))?.frame).toBe(frame)
        reader.close()
      },
    ),
    { numRuns: 40 },
  )
})

test('the first and the last frame can be had', async () => {
  const { reader } = aReader(37)
  expect((await reader.get(36))?.frame).toBe(36)
  expect((await reader.get(0, -1))?.frame).toBe(0)
})

test('playing forwards decodes each frame once', async () => {
  const { source, reader } = aReader(120, 200)
  for (let frame = 0; frame < 120; frame++) await reader.get(frame)
  await settle()
  expect(source.decoded).toBeLessThanOrEqual(132)
})

test('stepping backwards decodes whole groups, not one group a frame', async () => {
  const { source, reader } = aReader(120, 60)
  for (let frame = 119; frame >= 0; frame--) await reader.get(frame, -1)
  await settle()
  expect(source.decoded).toBeLessThanOrEqual(240)
})

test('a far jump stops the decoder where it was', async () => {
  const { source, reader } = aReader()
  await reader.get(0)
  expect((await reader.get(700))?.frame).toBe(700)
  expect(source.reads.at(-1)?.from).toBe(696)
  expect(source.decoded).toBeLessThan(60)
})

test('of two wishes at once only the later is answered', async () => {
  const { reader } = aReader()
  const [first, second] = await Promise.all([reader.get(100), reader.get(500)])
  expect(first).toBeNull()
  expect(second?.frame).toBe(500)
})

test('no picture is kept open beyond the cache, and none after closing', async () => {
  const { source, reader } = aReader(1000, 48)
  for (const frame of [0, 100, 200, 300, 900, 50]) await reader.get(frame)
  await settle()
  expect(source.open).toBeLessThanOrEqual(48)
  reader.close()
  await settle()
  expect(source.open).toBe(0)
  expect(source.isClosed).toBe(true)
})

test('a proxy that cannot be read says so to who waits', async () => {
  const { source, reader } = aReader()
  source.broken = new Error('no such file')
  await expect(reader.get(3)).rejects.toThrow('no such file')
})

test('a proxy with fewer pictures than announced is an error, not silence', async () => {
  const source = new FakeSource(20)
  const reader = new FrameReader(source, new PictureCache(48), 30)
  await expect(reader.get(25)).rejects.toThrow('picture 25')
})
