import { join } from 'node:path'
import { Failure } from '@shared/failures'
import sharp from 'sharp'
import { type Decoder, type OrdinalPicture, Unreadable } from '@main/media/decode/contract/decoder'
import { makeFolder } from '@main/files/make-folder'
import { openSource } from './sources'

/** Pictures of a file or proxy as image files' bytes. */
export interface EncodedPicture {
  ordinal: number
  width: number
  height: number
  bytes: Uint8Array
}

/**
 * The pictures of a file at `ordinals`, upright and at source resolution, in rising order and each once. One sequential
 * decode: an original is never sought in. Throws Unreadable; Failure FRAME_NOT_THERE when one is beyond the end.
 */
export async function* readPictures(
  path: string,
  decoder: Decoder,
  ordinals: readonly number[] | null,
): AsyncGenerator<OrdinalPicture> {
  const wanted = ordinals && [...new Set(ordinals)].sort((a, b) => a - b)
  const source = await openSource(path, decoder)
  let given = 0
  for await (const picture of source.pictures(wanted)) {
    given++
    yield picture
  }
  const lacking = wanted?.[given]
  if (lacking !== undefined)
    throw new Failure('FRAME_NOT_THERE', { frame: lacking, frames: await count(path, decoder) })
  if (given === 0) throw new Unreadable('Not one picture in this file could be decoded.')
}

/** The same as bytes of image files. PNG keeps every pixel; JPEG is for looking. */
export async function* readEncoded(
  path: string,
  decoder: Decoder,
  ordinals: readonly number[],
  format: 'png' | 'jpeg',
): AsyncGenerator<EncodedPicture> {
  for await (const { ordinal, width, height, pixels } of readPictures(path, decoder, ordinals)) {
    const image = sharp(pixels, { raw: { width, height, channels: 3 } })
    const bytes = await (format === 'png' ? image.png({ compressionLevel: 3 }) : image.jpeg({ quality: 92 })).toBuffer()
    yield { ordinal, width, height, bytes }
  }
}

/**
 * Writes pictures of a file as PNG into `folder`, named by ordinal: 000005.png. `ordinals` null: all.
 * @returns the names, in order
 */
export async function writePictures(
  path: string,
  decoder: Decoder,
  { ordinals, folder }: { ordinals: readonly number[] | null; folder: string },
  onPicture: (written: number) => void,
): Promise<string[]> {
  makeFolder(folder)
  const files: string[] = []
  for await (const { ordinal, width, height, pixels } of readPictures(path, decoder, ordinals)) {
    const name = `${String(ordinal).padStart(6, '0')}.png`
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 3 })
      .toFile(join(folder, name))
    files.push(name)
    onPicture(files.length)
  }
  return files
}

async function count(path: string, decoder: Decoder): Promise<number> {
  const source = await openSource(path, decoder)
  return (await source.decode(null, () => {})).timestampsMs.length
}
