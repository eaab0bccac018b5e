import sharp from 'sharp'
import type { Size } from '@shared/geometry/box'
import type { ProxyPictures } from './decoder'
import { proxyGroup } from './proxy-format'

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
  const large = scaledTo({ width, height }, posterSide / Math.max(width, height))
  const small = scaledTo({ width, height }, tileHeight / height)
  const ordinals = stripOrdinals(frames)
  return {
    poster: await draw(pictures, [groupStart(Math.floor(frames / 2))], large),
    strip: await draw(pictures, ordinals, small),
  }
}

/** Ordinals of the strip: evenly spread, each the first of its group, so none costs more than one decode. */
export function stripOrdinals(frames: number): number[] {
  const count = Math.max(1, Math.min(tiles, Math.ceil(frames / proxyGroup)))
  return Array.from({ length: count }, (_, i) => groupStart(Math.floor((i * frames) / count)))
}

function groupStart(ordinal: number): number {
  return ordinal - (ordinal % proxyGroup)
}

/** Never enlarged, never empty. */
function scaledTo({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(1, Math.round(length * Math.min(1, scale)))
  return { width: side(width), height: side(height) }
}

async function draw(
  pictures: ProxyPictures,
  ordinals: readonly number[],
  { width, height }: Size,
): Promise<Uint8Array> {
  const pixels = new Uint8Array(ordinals.length * width * height * 3)
  await pictures.read(ordinals, { scaledWidth: width, scaledHeight: height, x: 0, y: 0, width, height }, pixels)
  return sharp(pixels, { raw: { width, height: height * ordinals.length, channels: 3 } })
    .jpeg({ quality: 82 })
    .toBuffer()
}
