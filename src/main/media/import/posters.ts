import sharp, { type Sharp } from 'sharp'
import type { Size } from '@shared/geometry/box'
import type { ProxyPictures } from '@main/media/decode/contract/decoder'
import { proxyGroup } from '@main/media/decode/contract/proxy-format'

const posterSide = 480
const tileHeight = 72
const tiles = 10

/**
 * Draws what a library shows of a video: the middle picture, and a strip of up to ten pictures from the whole length,
 * one below the other. Both JPEG.
 */
export async function drawPosters(
  pictures: ProxyPictures,
  { frames, width, height }: Size & { frames: number },
): Promise<{ poster: Uint8Array; strip: Uint8Array }> {
  const size = scaledTo({ width, height }, posterSide / Math.max(width, height))
  const ordinals = stripOrdinals(frames)
  const bytes = size.width * size.height * 3
  const pixels = new Uint8Array(ordinals.length * bytes)
  const whole = { scaledWidth: size.width, scaledHeight: size.height, x: 0, y: 0 }
  await pictures.read(ordinals, { ...whole, ...size }, pixels)
  const middle = Math.floor(ordinals.length / 2) * bytes
  const tile = scaledTo(size, tileHeight / size.height)
  const all = { width: size.width, height: size.height * ordinals.length }
  return {
    poster: await jpeg(sharp(pixels.subarray(middle, middle + bytes), { raw: { ...size, channels: 3 } })),
    // Tiles lie below one another, so that one scaling of the column scales them all.
    strip: await jpeg(
      sharp(pixels, { raw: { ...all, channels: 3 } }).resize({
        width: tile.width,
        height: tile.height * ordinals.length,
        fit: 'fill',
      }),
    ),
  }
}

/** Ordinals of the strip: evenly spread, each the first of its group, so none costs more than one decode. */
export function stripOrdinals(frames: number): number[] {
  const groups = Math.ceil(frames / proxyGroup)
  const count = Math.max(1, Math.min(tiles, groups))
  return Array.from({ length: count }, (_, i) => Math.floor((i * groups) / count) * proxyGroup)
}

/** Never enlarged, never empty. */
function scaledTo({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(1, Math.round(length * Math.min(1, scale)))
  return { width: side(width), height: side(height) }
}

function jpeg(image: Sharp): Promise<Uint8Array> {
  return image.jpeg({ quality: 82 }).toBuffer()
}
