import sharp from 'sharp'
import { Unreadable } from '@main/media/decode/contract/decoder'
import type { StillPicture } from './sources'

/** px. */
const largestSide = 8192

/**
 * Decodes a picture file, or its bytes, to upright RGB of the given size. What is broken in it is shown as far as it
 * goes and marked. Throws Unreadable when nothing can be shown.
 */
export async function decodeStill(
  input: string | Uint8Array,
  { width, height }: { width: number; height: number },
): Promise<StillPicture> {
  // The others of a film may be larger than its first one.
  refuseHuge(await sharp(input).metadata().catch(unreadable))
  const decode = async (failOn: 'warning' | 'none') => {
    const image = sharp(input, { failOn }).autoOrient().resize({ width, height, fit: 'fill' })
    return new Uint8Array(await image.flatten().toColourspace('srgb').removeAlpha().raw().toBuffer())
  }
  try {
    return { width, height, pixels: await decode('warning'), damaged: false }
  } catch {
    return { width, height, pixels: await decode('none').catch(unreadable), damaged: true }
  }
}

/** Size of a picture as it is shown. Throws Unreadable. */
export async function stillSize(input: string | Uint8Array): Promise<{ width: number; height: number }> {
  const { autoOrient } = await sharp(input).metadata().catch(unreadable)
  refuseHuge(autoOrient)
  return autoOrient
}

/** Looked at before anything is decoded: a small file can stand for gigabytes of pixels. */
function refuseHuge({ width, height }: { width: number; height: number }): void {
  if (Math.max(width, height) > largestSide)
    throw new Unreadable(
      `A picture is ${width} x ${height} px, and ${largestSide} a side is the most. Make it smaller, or take it out.`,
    )
}

function unreadable(error: unknown): never {
  throw new Unreadable('A picture cannot be read. Replace it, or take it out.', String(error))
}
