import { stat } from 'node:fs/promises'
import { ByteCache } from './files/byte-cache'
import { Failure } from '@shared/failures'
import type { ImportResult, MediaRecord, ProxyConfig } from '@shared/media'
import type { OnProgress } from '@shared/progress'
import { failedRecord } from './import/import-media'
import type { DecoderChoice } from './decode/open-decoder'
import type { ClipToEncode } from './media-calls'
import type { EncodedPicture } from './sources/read-pictures'
import type { Followed } from './follow/follow-box'
import type { FollowRequest } from './follow/follow-in-proxy'
import type { SmallPicture } from './files/small-picture'
import { MediaFolder } from './files/media-folder'
import type { MediaPool } from './media-pool'
import { MediaProcessLost } from './media-process'
import type { DecoderInfo } from './decode/open-decoder'
import { ImportProgress } from './import/import-progress'
import { Unreadable } from './decode/contract/decoder'

export interface ImportAllOptions {
  mediaFolder: string
  decoder?: DecoderChoice
  proxy?: Partial<ProxyConfig>
  signal?: AbortSignal
  onProgress?: OnProgress
}

export interface ReadOptions {
  decoder?: DecoderChoice
  signal?: AbortSignal
  onProgress?: OnProgress
}

/** A few dozen pictures at source resolution: what somebody steps through while zoomed in. */
const keptBytes = 128 << 20

/** Everything that is done to video files, each in a process that may die without harm. */
export class MediaService {
  private readonly kept = new ByteCache<EncodedPicture>(keptBytes)

  constructor(private readonly pool: MediaPool) {}

  decoders(): Promise<DecoderInfo[]> {
    return this.pool.call('decoders', null)
  }

  /**
   * Imports files and picture folders, several at a time, and yields each as it is done, in no fixed order. What cannot
   * be read is a row with status failed. Contents that have a finished proxy are not decoded again, so that an import
   * that was stopped goes on where it was. Ends with Failure INTERRUPTED when stopped.
   */
  async *importAll(paths: Iterable<string>, options: ImportAllOptions): AsyncGenerator<ImportResult> {
    const folder = new MediaFolder(options.mediaFolder)
    await folder.sweep()
    const queue = [...paths]
    const progress = new ImportProgress(queue.length, options.onProgress)
    const stop = new AbortController()
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
    const running = new Map<string, Promise<{ key: string; result: ImportResult }>>()
    const start = (path: string, key: string) =>
      running.set(
        key,
        this.importOne(path, { ...options, signal }, progress).then((result) => ({ key, result })),
      )
    try {
      for (let next = 0; next < queue.length || running.size > 0;) {
        // Never more running than processes: results wait here for whoever reads them, so memory stays flat.
        for (; running.size < this.pool.size && next < queue.length; next++) start(queue[next] ?? '', String(next))
        const { key, result } = await Promise.race(running.values())
        running.delete(key)
        progress.finished(result.path)
        yield result
      }
    } finally {
      stop.abort()
      await Promise.allSettled(running.values())
      await folder.sweep()
    }
  }

  /** Imports one file. Rejects with Failure INTERRUPTED when stopped. */
  async import(path: string, options: ImportAllOptions): Promise<ImportResult> {
    for await (const result of this.importAll([path], options)) return result
    throw new Error('an import gave no result')
  }

  /** Decodes a file to its end and says what is in it; keeps nothing. */
  async probe(path: string, { decoder = 'auto', signal, onProgress }: ReadOptions = {}): Promise<MediaRecord> {
    const progress = new ImportProgress(1, onProgress)
    try {
      return await this.pool.call('probe', { path, decoder }, { signal, onStep: (step) => progress.step(path, step) })
    } catch (error) {
      return lostRecord(error, decoder)
    }
  }

  /**
   * Pictures of an original at source resolution, upright, in rising order. One sequential decode up to the last; those
   * asked for lately are kept.
   * Rejects with Failure VIDEO_UNREADABLE or FRAME_NOT_THERE.
   */
  async pictures(
    path: string,
    ordinals: readonly number[],
    { decoder = 'auto', signal, format = 'png' }: ReadOptions & { format?: 'png' | 'jpeg' } = {},
  ): Promise<EncodedPicture[]> {
    const wanted = [...new Set(ordinals)].sort((a, b) => a - b)
    // A file that was replaced is another file.
    const changed = await stat(path).then(
      (found) => `${found.mtimeMs} ${found.size}`,
      () => 'gone',
    )
    const keyOf = (ordinal: number) => `${decoder} ${format} ${ordinal} ${changed} ${path}`
    const lacking = wanted.filter((ordinal) => !this.kept.get(keyOf(ordinal)))
    const read =
      lacking.length > 0
        ? await readable(path, this.pool.call('pictures', { path, decoder, ordinals: lacking, format }, { signal }))
        : []
    const fresh = new Map(read.map((picture) => [picture.ordinal, picture]))
    const pictures = wanted.flatMap((ordinal) => fresh.get(ordinal) ?? this.kept.get(keyOf(ordinal)) ?? [])
    for (const picture of read) this.kept.set(keyOf(picture.ordinal), picture, picture.bytes.byteLength)
    return pictures
  }

  /**
   * A picture, or a part of it, small enough to be kept in a project, as WebP.
   * Rejects with Failure PICTURE_UNUSABLE for what is no PNG, JPEG or WebP, or damaged.
   */
  async smallPicture(bytes: Uint8Array, wanted: SmallPicture): Promise<Uint8Array> {
    try {
      return await this.pool.call('smallPicture', { ...wanted, bytes })
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof MediaProcessLost)) throw error
      const reason = error instanceof Unreadable ? error.reason : 'The decoder did not survive this file.'
      throw new Failure('PICTURE_UNUSABLE', { reason }, { cause: error })
    }
  }

  /** Follows a box through the pictures of a proxy. Rejects with Failure VIDEO_UNREADABLE, or INTERRUPTED when stopped. */
  follow(request: FollowRequest, { decoder = 'auto', signal }: ReadOptions = {}): Promise<Followed> {
    return readable(request.video.path, this.pool.call('follow', { ...request, decoder }, { signal }))
  }

  /** Writes pictures of a file as PNG named by ordinal; `ordinals` null means all. Returns the names. */
  async writePictures(
    path: string,
    { ordinals, folder }: { ordinals: readonly number[] | null; folder: string },
    { decoder = 'auto', signal, onProgress }: ReadOptions = {},
  ): Promise<string[]> {
    const onStep = ({ frames, of }: { frames: number; of: number | null }) =>
      onProgress?.({ label: 'writing pictures', done: frames, total: of, secondsLeft: null })
    return readable(path, this.pool.call('writePictures', { path, decoder, ordinals, folder }, { signal, onStep }))
  }

  /**
   * Writes made clips, `batch` per message so that little is copied at once. Returns when all are written.
   * @param clips pixels [T, H, W, 3] RGB each; taken from the iterable only as fast as they are written
   */
  async encodeClips(
    clips: Iterable<ClipToEncode>,
    { decoder = 'auto', signal, batch = 16 }: ReadOptions & { batch?: number } = {},
  ): Promise<number> {
    const running = new Set<Promise<number>>()
    let written = 0
    const send = (some: ClipToEncode[]) => {
      const call = this.pool.call('encode', { clips: some, decoder }, { signal }).then((counts) => counts.length)
      running.add(call)
      void call.then(
        () => running.delete(call),
        () => {},
      )
    }
    for (const some of batches(clips, batch)) {
      send(some)
      if (running.size > this.pool.size) written += await Promise.race(running)
    }
    for (const count of await Promise.all(running)) written += count
    return written
  }

  /** Ends the media processes. */
  close(): void {
    this.pool.close()
  }

  private async importOne(
    path: string,
    { mediaFolder, decoder = 'auto', proxy = {}, signal }: ImportAllOptions,
    progress: ImportProgress,
  ): Promise<ImportResult> {
    const input = { path, mediaFolder, decoder, proxy }
    try {
      return await this.pool.call('import', input, { signal, onStep: (step) => progress.step(path, step) })
    } catch (error) {
      return { path, record: lostRecord(error, decoder), known: false }
    }
  }
}

/** A file that took its process down, or hung, is a failed file, not a failed import. */
function lostRecord(error: unknown, decoder: DecoderChoice): MediaRecord {
  if (!(error instanceof MediaProcessLost)) throw error
  const reason =
    'The decoder did not survive this file: it is damaged in a way that cannot be read. Convert it, or leave it out.'
  const name = decoder === 'auto' ? 'node-av' : decoder
  return failedRecord(new Unreadable(reason, error.how), { name, version: '' })
}

async function readable<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Unreadable)
      throw new Failure('VIDEO_UNREADABLE', { path, reason: error.reason }, { cause: error })
    if (error instanceof MediaProcessLost)
      throw new Failure(
        'VIDEO_UNREADABLE',
        { path, reason: 'The decoder did not survive this file.' },
        { cause: error },
      )
    throw error
  }
}

function* batches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
