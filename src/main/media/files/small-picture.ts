import sharp from 'sharp'
import type { Box } from '@shared/geometry/box'
import { Unreadable } from '@main/media/decode/contract/decoder'
import { stillSize } from '@main/media/sources/decode-still'

const kinds = new Set<string | undefined>(['png', 'jpeg', 'webp'])

/** What is wanted of a picture. */
export interface SmallPicture {
  /** In the pixels of the upright picture, inside it; null for all of it. */
  part: Box | null
  /** The most that a side may have, px. */
  longest: number
}

/**
 * A picture, or a part of it, as an upright WebP, without what a camera wrote into it. Smaller ones keep their size. Throws Unreadable for what is no PNG, JPEG or WebP, is damaged or huge.
 */
export async function smallPicture(bytes: Uint8Array, { part, longest }: SmallPicture): Promise<Uint8Array> {
  const { format } = await sharp(bytes).metadata().catch(unreadable)
  if (!kinds.has(format)) throw new Unreadable('It is no PNG, JPEG or WebP file.')
  const size = await stillSize(bytes)
  const image = sharp(bytes, { failOn: 'truncated' }).autoOrient()
  if (part) image.extract(pixels(part, size))
  const small = image.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
  return new Uint8Array(await small.webp({ quality: 82 }).toBuffer().catch(unreadable))
}

function pixels({ x1, y1, x2, y2 }: Box, { width, height }: { width: number; height: number }) {
  const [left, top] = [Math.min(width - 1, Math.floor(x1)), Math.min(height - 1, Math.floor(y1))]
  const [right, bottom] = [Math.min(width, Math.ceil(x2)), Math.min(height, Math.ceil(y2))]
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

function unreadable(error: unknown): never {
  throw new Unreadable('It is no picture that can be read: the file is damaged, or something else.', String(error))
}
