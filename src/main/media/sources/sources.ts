import { stat } from 'node:fs/promises'
import type { Size } from '@shared/geometry/box'
import sharp from 'sharp'
import {
  type DecodedTable,
  type Decoder,
  type EncodePlan,
  type OrdinalPicture,
  type Picture,
  type SourceFacts,
  Unreadable,
} from '@main/media/decode/contract/decoder'
import { displayedSize } from '@main/media/decode/contract/displayed'
import { checkPlainFile, kindOf, sha256Of } from '@main/media/decode/contract/guard'
import { type Mp4Index, readMp4Index, startsLikeMp4 } from '@main/media/decode/contract/mp4-boxes'
import { openPictureFolder } from './picture-folder'
import { openSeq } from './seq-reader'
import { unreadableFile } from '@main/media/decode/contract/stream-choice'

/** A thing to import, opened: a file that a decoder reads, or pictures that we read ourselves. */
export interface MediaSource {
  facts: SourceFacts
  /** Upright, square pixels. */
  displayed: Size
  /** Identity of the content, lower-case hex. */
  sha256(): Promise<string>
  /** Decodes once, in order, into a proxy or into nothing. */
  decode(plan: EncodePlan | null, onPicture: (count: number) => void): Promise<DecodedTable>
  /** The upright pictures in order: those in `wanted` (rising), or all. */
  pictures(wanted: readonly number[] | null): AsyncIterable<OrdinalPicture>
}

/** Pictures that are read one by one without a decoder: a `.seq` file, a folder. */
export interface StillSource {
  facts: SourceFacts
  sha256(): Promise<string>
  /** Things that are not as they should be, in sentences, known before decoding: gaps, a cut-off end. */
  complaints: string[]
  /** Presentation time in ms per picture. */
  timestampsMs: (number | null)[]
  /** Throws Unreadable when nothing of it can be shown. */
  picture(ordinal: number): Promise<StillPicture>
}

export interface StillPicture extends Picture {
  /** It was decoded with errors. */
  damaged: boolean
}

/** Opens whatever stands at `path`: a folder of pictures, a `.seq`, or a video by `decoder`. Throws Unreadable. */
export async function openSource(path: string, decoder: Decoder): Promise<MediaSource> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) return fromStills(await openPictureFolder(path), decoder)
  await checkPlainFile(path)
  const kind = await kindOf(path)
  if (kind.kind === 'picture') throw await stillPicture(path, kind.format)
  if (kind.kind === 'seq') return fromStills(await openSeq(path), decoder)
  return fromFile(path, decoder)
}

async function fromFile(path: string, decoder: Decoder): Promise<MediaSource> {
  const index = readMp4Index(path)
  const facts = withIndex(await probe(path, decoder), index)
  return {
    facts,
    displayed: displayedSize(facts, facts),
    sha256: () => sha256Of(path),
    async decode(plan, onPicture) {
      const table = await decoder.decode(path, facts, plan, onPicture)
      const missing = index?.missingBytes ?? 0
      if (missing > 0) table.complaints.push(`The file is cut off: ${missing} bytes are missing at its end.`)
      return table
    },
    pictures: (wanted) => decoder.pictures(path, facts, wanted),
  }
}

/** A name may make FFmpeg take any text for an MP4 file; the bytes tell. */
async function probe(path: string, decoder: Decoder): Promise<SourceFacts> {
  try {
    return await decoder.probe(path)
  } catch (error) {
    const guessed = error instanceof Unreadable && error.detail?.includes('moov atom') && !startsLikeMp4(path)
    throw guessed ? unreadableFile('Invalid data found when processing input') : error
  }
}

/** The MP4 family's own picture count: the same for every decoder. */
function withIndex(facts: SourceFacts, index: Mp4Index | null): SourceFacts {
  if (!index || index.matrices.length !== 1 || index.samples === 0) return facts
  return { ...facts, declaredFrames: index.samples }
}

function fromStills(stills: StillSource, decoder: Decoder): MediaSource {
  const { facts, timestampsMs } = stills
  return {
    facts,
    displayed: displayedSize(facts, facts),
    sha256: stills.sha256,
    async decode(plan, onPicture) {
      const badFrames: number[] = []
      const read = counted(
        inTurn(stills, timestampsMs.keys(), (ordinal) => badFrames.push(ordinal)),
        onPicture,
      )
      if (plan) await decoder.encode(read, plan)
      else await drain(read)
      return { timestampsMs, badFrames, errors: [], complaints: stills.complaints }
    },
    pictures(wanted) {
      const there = (wanted ?? [...timestampsMs.keys()]).filter((ordinal) => ordinal < timestampsMs.length)
      return inTurn(stills, there, () => {})
    },
  }
}

/** A picture that cannot be read at all is stood in for by the one before it: the numbers after it stay true. */
async function* inTurn(
  { facts, picture }: StillSource,
  ordinals: Iterable<number>,
  onDamage: (ordinal: number) => void,
): AsyncGenerator<OrdinalPicture> {
  const { codedWidth: width, codedHeight: height } = facts
  let before: Picture = { width, height, pixels: new Uint8Array(width * height * 3) }
  for (const ordinal of ordinals) {
    const read = await picture(ordinal).catch((error: unknown) => {
      if (error instanceof Unreadable) return null
      throw error
    })
    if (!read || read.damaged) onDamage(ordinal)
    before = read ?? before
    yield { ordinal, width, height, pixels: before.pixels }
  }
}

async function drain(pictures: AsyncIterable<Picture>): Promise<void> {
  for await (const _ of pictures);
}

async function* counted(pictures: AsyncIterable<Picture>, onPicture: (count: number) => void) {
  let count = 0
  for await (const picture of pictures) {
    yield picture
    onPicture(++count)
  }
}

async function stillPicture(path: string, format: string): Promise<Unreadable> {
  const size = await sharp(path)
    .metadata()
    .catch(() => null)
  return new Unreadable(
    `This is a ${format} picture, not a video. Give a video, or the folder of numbered pictures it belongs to.`,
    null,
    size ? { codec: format.toLowerCase(), frames: 1, width: size.width, height: size.height } : {},
  )
}
