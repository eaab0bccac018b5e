import { Failure } from '@shared/failures'
import type { ImportResult, MediaRecord, ProxyConfig } from '@shared/media'
import { ProxyConfig as ProxySettings } from '@shared/media'
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import {
  type DecodedTable,
  type Decoder,
  type EncodePlan,
  type SourceFacts,
  Unreadable,
} from '@main/media/decode/contract/decoder'
import { crfFor, proxyFps, proxySize } from '@main/media/decode/contract/displayed'
import { MediaFolder, holdsPictures } from '@main/media/files/media-folder'
import { drawPosters } from './posters'
import { type MediaSource, openSource } from '@main/media/sources/sources'
import { timing } from './timing'
import { damageInWords, detailOf } from '@main/media/sources/words'

/** As Node and FFmpeg say it. */
const diskTrouble = /ENOSPC|EDQUOT|EROFS|EACCES|EPERM|No space left on device|Disk quota exceeded|Read-only file system/

/** What an import is doing: reading the header, checking whether the content is known, decoding. */
export interface ImportStep {
  step: 'probe' | 'hash' | 'decode'
  frames: number
  /** Pictures the header announces, or null. */
  of: number | null
}

export interface ImportOptions {
  mediaFolder: string
  decoder: Decoder
  proxy?: Partial<ProxyConfig>
  signal?: AbortSignal
  onProgress?: (step: ImportStep) => void
}

/**
 * Imports one file or folder of pictures: guard, header, identity, then one sequential decode into frame table and
 * verified proxy. What cannot be read gives a record with status failed and the reason; nothing of it is kept.
 * Rejects only when stopped or when the media folder cannot be written.
 */
export async function importMedia(path: string, options: ImportOptions): Promise<ImportResult> {
  const folder = new MediaFolder(options.mediaFolder)
  const { decoder, onProgress } = options
  try {
    await folder.create()
    onProgress?.({ step: 'probe', frames: 0, of: null })
    const source = await openSource(path, decoder)
    onProgress?.({ step: 'hash', frames: 0, of: expectedFrames(source.facts) })
    const sha256 = await source.sha256()
    const known = folder.finished(sha256)
    if (known) return { path, record: known, known: true }
    options.signal?.throwIfAborted()
    return { path, record: await decodeInto(folder, source, sha256, options), known: false }
  } catch (error) {
    return { path, record: failedRecord(asUnreadable(error, options.mediaFolder), decoder), known: false }
  }
}

/** What keeps one file from being imported is a row; what keeps all of them from it is thrown on. */
function asUnreadable(error: unknown, mediaFolder: string): Unreadable {
  if (error instanceof Unreadable) return error
  if (error instanceof Failure || (error instanceof Error && error.name === 'AbortError')) throw error
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const reason = diskTrouble.exec(said)?.[0]
  if (reason) throw new Failure('FOLDER_NOT_WRITABLE', { path: mediaFolder, reason }, { cause: error })
  return new Unreadable('Something in this file could not be handled. Convert it, or leave it out.', said)
}

/**
 * Decodes a file to its end without keeping anything: the same record as an import's, but no identity and no proxy.
 */
export async function probeMedia(
  path: string,
  { decoder, onProgress }: Pick<ImportOptions, 'decoder' | 'onProgress'>,
): Promise<MediaRecord> {
  try {
    onProgress?.({ step: 'probe', frames: 0, of: null })
    const source = await openSource(path, decoder)
    const of = expectedFrames(source.facts)
    const table = await source.decode(null, (frames) => onProgress?.({ step: 'decode', frames, of }))
    if (table.timestampsMs.length === 0) throw nothingDecoded(table)
    return { ...readRecord(source, table, decoder), sha256: '', proxy: null }
  } catch (error) {
    if (error instanceof Unreadable) return failedRecord(error, decoder)
    throw error
  }
}

async function decodeInto(
  folder: MediaFolder,
  source: MediaSource,
  sha256: string,
  { decoder, proxy, signal, onProgress }: ImportOptions,
): Promise<MediaRecord> {
  const { crf, maxSide } = ProxySettings.parse(proxy ?? {})
  const { facts, displayed } = source
  const size = proxySize(displayed, maxSide)
  const of = expectedFrames(facts)
  const temporary = folder.temporary(sha256, '.mp4')
  const plan: EncodePlan = {
    file: temporary,
    ...size,
    fps: proxyFps(facts.declaredFps),
    codec: { name: 'x264', crf: crfFor(size, crf) },
  }
  try {
    const table = await source.decode(plan, (frames) => {
      signal?.throwIfAborted()
      onProgress?.({ step: 'decode', frames, of })
    })
    checkProxy(temporary, table)
    const frames = table.timestampsMs.length
    const pictures = await decoder.openProxy({ path: temporary, frames, ...size, fps: plan.fps })
    const posters = await drawPosters(pictures, { frames, ...size }).finally(() => pictures.close())
    const file = basename(folder.files(sha256).proxy)
    const made = { file, ...size, fps: plan.fps, bytes: statSync(temporary).size }
    const record = { ...readRecord(source, table, decoder), sha256, proxy: made }
    signal?.throwIfAborted()
    await folder.keep(record, { proxy: temporary, ...posters })
    return record
  } catch (error) {
    folder.discardUnfinished(sha256)
    throw error
  }
}

/** For progress alone: what the header announces, or what its length comes to. */
function expectedFrames({ declaredFrames, seconds, declaredFps }: SourceFacts): number | null {
  return declaredFrames ?? (seconds && declaredFps ? Math.round(seconds * declaredFps) : null)
}

function nothingDecoded({ errors }: DecodedTable): Unreadable {
  return new Unreadable(
    'Not one picture in this file could be decoded. Copy it again, or convert it with another program.',
    detailOf(errors),
  )
}

/** The rule that makes an ordinal an ordinal: as many pictures in the proxy as came out of the decoder. */
function checkProxy(path: string, table: DecodedTable): void {
  const { timestampsMs, errors } = table
  if (timestampsMs.length === 0) throw nothingDecoded(table)
  if (!holdsPictures(path, timestampsMs.length))
    throw new Unreadable(
      `Its ${timestampsMs.length} pictures could not be copied one for one, so frame numbers would not be true. ` +
        'Try the other decoder, or convert the file.',
      detailOf(errors),
    )
}

function readRecord(
  { facts, displayed }: MediaSource,
  table: DecodedTable,
  decoder: Decoder,
): Omit<MediaRecord, 'sha256' | 'proxy'> {
  const reason = damageInWords(facts, table)
  const frames = table.timestampsMs.length
  return {
    status: reason ? 'damaged' : 'ok',
    reason,
    detail: detailOf(table.errors),
    decoder: decoder.name,
    decoderVersion: decoder.version,
    codec: facts.codec,
    frames,
    width: displayed.width,
    height: displayed.height,
    codedWidth: facts.codedWidth,
    codedHeight: facts.codedHeight,
    sar: facts.sar,
    rotateClockwise: facts.rotateClockwise,
    mirrored: facts.mirrored,
    ...timing(table.timestampsMs, facts.declaredFps),
    editList: !reason && facts.container.includes('mov') && (facts.declaredFrames ?? 0) > frames,
    declaredFrames: facts.declaredFrames,
    timestampsMs: table.timestampsMs,
    badFrames: table.badFrames,
    streams: facts.streams,
  }
}

/** The record of a thing that is no video. */
export function failedRecord(
  { reason, detail, known }: Unreadable,
  decoder: Pick<Decoder, 'name' | 'version'>,
): MediaRecord {
  return {
    sha256: '',
    status: 'failed',
    reason,
    detail,
    decoder: decoder.name,
    decoderVersion: decoder.version,
    codec: known.codec ?? null,
    frames: known.frames ?? 0,
    width: known.width ?? 0,
    height: known.height ?? 0,
    codedWidth: known.width ?? 0,
    codedHeight: known.height ?? 0,
    sar: 1,
    rotateClockwise: 0,
    mirrored: false,
    fps: 30,
    variable: false,
    editList: false,
    declaredFrames: null,
    timestampsMs: [],
    badFrames: [],
    streams: null,
    proxy: null,
  }
}
