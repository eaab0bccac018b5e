import sharp from 'sharp'
import { expect, test } from 'vitest'
import { animatedWebp, filmPixels, stripPng } from '@main/films/drawn'
import type { ReportPicture } from '@main/report/report-example'

const [width, height] = [40, 20]

async function aPicture(frame: number, tube: ReportPicture['tube'] = null): Promise<ReportPicture> {
  const grey = { create: { width, height, channels: 3, background: '#808080' } } as const
  const jpeg = await sharp(grey).jpeg({ quality: 95 }).toBuffer()
  return { src: `data:image/jpeg;base64,${jpeg.toString('base64')}`, width, height, frame, tube, truth: [] }
}

test('a strip has its pictures side by side, of their own size, under its words', async () => {
  const pictures = await Promise.all([1, 5, 9].map((frame) => aPicture(frame)))
  const bare = await sharp(await stripPng(pictures, '#E69F00', [])).metadata()
  const worded = await sharp(await stripPng(pictures, '#E69F00', ['Why A, not <B>?', 'pole'])).metadata()
  expect([bare.format, bare.width]).toEqual(['png', 8 + 3 * (width + 8)])
  expect([worded.width, worded.height! - bare.height!]).toEqual([bare.width, 40])
})

test('the pixels of a film are its pictures one after the other, the tube drawn where it lies', async () => {
  const box = { x1: 10, y1: 5, x2: 30, y2: 15 }
  const pixels = await filmPixels([await aPicture(0), await aPicture(1, box)], '#ff0000')
  const bytes = width * height * 3
  const at = (picture: number, x: number, y: number) => [
    ...pixels.subarray(picture * bytes + (y * width + x) * 3).slice(0, 3),
  ]
  expect(pixels).toHaveLength(2 * bytes)
  const [r, g] = at(1, 20, 5) as [number, number]
  expect(r - g).toBeGreaterThan(40)
  const [r0, g0] = at(0, 20, 5) as [number, number]
  expect(Math.abs(r0 - g0)).toBeLessThan(8)
})

test('an animated picture has a page for each picture, at the pace of the film', async () => {
  const pixels = await filmPixels(
    await Promise.all([0, 1, 2].map((x) => aPicture(x, { x1: x, y1: 0, x2: x + 9, y2: 9 }))),
    '#00f',
  )
  const made = await sharp(await animatedWebp(pixels, { width, height, fps: 8 }), { animated: true }).metadata()
  expect([made.format, made.pages, made.pageHeight, made.loop]).toEqual(['webp', 3, height, 0])
  expect(made.delay).toEqual([125, 125, 125])
})
