import sharp from 'sharp'
import { escape, place } from '@main/report/html'
import { type ReportPicture, pictureMarks } from '@main/report/report-example'

/** Space about and between the pictures of a strip, px. */
const gap = 8
const lineHeight = 20

/**
 * The pictures side by side under their words, each over its frame, as PNG.
 * @param pictures of one size, one or more
 */
export function stripPng(pictures: readonly ReportPicture[], color: string, words: readonly string[]): Promise<Buffer> {
  const [{ width, height } = { width: 0, height: 0 }] = pictures
  const top = gap + words.length * lineHeight
  const size = { width: gap + pictures.length * (width + gap), height: top + height + lineHeight + gap }
  const lines = words.map((line, i) => {
    const look = i === 0 ? 'fill="#1b1b21" font-size="14" font-weight="600"' : 'fill="#5b5b66"'
    return `<text x="${gap}" y="${gap + 14 + i * lineHeight}" ${look}>${escape(line)}</text>`
  })
  const shown = pictures.map((picture, i) => {
    const x = gap + i * (width + gap)
    const drawn = `<svg x="${x}" y="${top}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${pictureMarks(picture, color)}</svg>`
    return `${drawn}<text x="${x}" y="${place(top + height + 14)}" fill="#5b5b66">${picture.frame}</text>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="Inter, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${lines.join('')}${shown.join('')}</svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

/** The pictures one after the other, [T, H, W, 3] RGB, each with its boxes. */
export async function filmPixels(pictures: readonly ReportPicture[], color: string): Promise<Uint8Array> {
  const drawn = await Promise.all(pictures.map((picture) => pixelsOf(picture, color)))
  return Buffer.concat(drawn)
}

function pixelsOf(picture: ReportPicture, color: string): Promise<Buffer> {
  const { width, height } = picture
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${pictureMarks(picture, color)}</svg>`
  return sharp(Buffer.from(svg)).flatten().removeAlpha().raw().toBuffer()
}

/**
 * An animated WebP that begins again at its end.
 * @param pixels [T, H, W, 3] RGB
 */
export function animatedWebp(
  pixels: Uint8Array,
  { width, height, fps }: { width: number; height: number; fps: number },
): Promise<Buffer> {
  const count = pixels.length / (width * height * 3)
  const raw = { width, height: height * count, channels: 3, pageHeight: height } as const
  const delay = Array.from({ length: count }, () => Math.round(1000 / fps))
  return sharp(pixels, { raw }).webp({ quality: 82, loop: 0, delay }).toBuffer()
}
