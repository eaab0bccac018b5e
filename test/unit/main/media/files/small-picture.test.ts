import sharp from 'sharp'
import { expect, test } from 'vitest'
import { smallPicture } from '@main/media/files/small-picture'

const whole = { part: null, longest: 480 }
const red = { r: 200, g: 0, b: 0 }
const blue = { r: 0, g: 0, b: 200 }

/** Red on the left half, blue on the right. */
function halves(width: number, height: number) {
  const right = { create: { width: width / 2, height, channels: 3 as const, background: blue } }
  return sharp({ create: { width, height, channels: 3, background: red } }).composite([
    { input: right, left: width / 2, top: 0 },
  ])
}

async function shown(bytes: Uint8Array) {
  const { format, width, height, exif } = await sharp(bytes).metadata()
  const { dominant } = await sharp(bytes).stats()
  return { format, width, height, exif, isRed: dominant.r > dominant.b }
}

test.each(['png', 'jpeg', 'webp'] as const)(
  'a %s file becomes a WebP whose longest side is the one wanted',
  async (kind) => {
    const small = await smallPicture(await halves(1200, 600).toFormat(kind).toBuffer(), whole)
    expect(await shown(small)).toMatchObject({ format: 'webp', width: 480, height: 240 })
  },
)

test('a small picture keeps its size, and nothing of what a camera wrote into it', async () => {
  const bytes = await halves(100, 60)
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .jpeg()
    .toBuffer()
  expect(await shown(await smallPicture(bytes, whole))).toMatchObject({ width: 100, height: 60, exif: undefined })
})

test('a picture that lies on its side is turned upright', async () => {
  const bytes = await halves(100, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect(await shown(await smallPicture(bytes, whole))).toMatchObject({ width: 60, height: 100 })
})

test('a part is cut out, and what reaches over the edge ends there', async () => {
  const bytes = await halves(100, 60).png().toBuffer()
  const left = await smallPicture(bytes, { part: { x1: 0, y1: 10.2, x2: 39.5, y2: 30 }, longest: 480 })
  expect(await shown(left)).toMatchObject({ width: 40, height: 20, isRed: true })
  const right = await smallPicture(bytes, { part: { x1: 60, y1: 0, x2: 100.4, y2: 60 }, longest: 480 })
  expect(await shown(right)).toMatchObject({ width: 40, height: 60, isRed: false })
})

test.each([
  ['a text', Buffer.from('hello'), /no picture that can be read/],
  ['a drawing in XML', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /no PNG, JPEG/],
])('%s is refused with the reason', async (_, bytes, reason) => {
  await expect(smallPicture(bytes, whole)).rejects.toMatchObject({ reason: expect.stringMatching(reason) })
})

test('half a file is refused', async () => {
  const all = await halves(600, 400).jpeg().toBuffer()
  const half = all.subarray(0, all.length / 2)
  await expect(smallPicture(half, whole)).rejects.toMatchObject({ reason: expect.stringMatching(/damaged/) })
})
