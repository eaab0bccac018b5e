import { Failure } from '@shared/failures'
import { type Decoder, Unreadable } from './decode/contract/decoder'
import { encodeClip, picturesIn } from './files/encode-clip'
import { FfmpegDecoder } from './decode/ffmpeg/ffmpeg-decoder'
import { type ImportStep, importMedia, probeMedia } from './import/import-media'
import type { DecoderChoice } from './decode/open-decoder'
import type { MediaCall, MediaCalls, MediaReply, MediaRequest } from './media-calls'
import type { EncodedPicture } from './sources/read-pictures'
import { describeDecoders, openDecoder } from './decode/open-decoder'
import type { ParentChannel } from '@main/process/process-channel'
import { readEncoded, writePictures } from './sources/read-pictures'

const progressEveryMs = 100

type Handlers = {
  [C in MediaCall]: (input: MediaCalls[C]['in'], step: (step: ImportStep) => void) => Promise<MediaCalls[C]['out']>
}

/** The inside of the media process: does what it is asked, one thing after the other, and says how far it is. */
export class MediaWorker {
  private readonly decoders = new Map<DecoderChoice, Decoder>()

  constructor(
    private readonly parent: ParentChannel,
    private readonly exit: (code: number) => void,
  ) {}

  start(): void {
    this.parent.onMessage((message) => void this.handle(message as MediaRequest))
    this.parent.onGone(() => this.stop())
  }

  private async handle(request: MediaRequest): Promise<void> {
    if ('stop' in request) return this.stop()
    const { id, call, input } = request
    const step = throttled((latest) => this.reply({ id, step: latest }))
    try {
      const handler = this.handlers[call] as (input: unknown, step: (step: ImportStep) => void) => Promise<unknown>
      this.reply({ id, value: await handler(input, step) })
    } catch (error) {
      this.reply({ id, error: plain(error) })
    }
  }

  private readonly handlers: Handlers = {
    decoders: () => describeDecoders(),
    probe: async ({ path, decoder }, onProgress) =>
      probeMedia(path, { decoder: await this.decoder(decoder), onProgress }),
    import: async ({ path, mediaFolder, decoder, proxy }, onProgress) =>
      importMedia(path, { mediaFolder, proxy, onProgress, decoder: await this.decoder(decoder) }),
    pictures: async ({ path, decoder, ordinals, format }) => {
      const pictures: EncodedPicture[] = []
      for await (const picture of readEncoded(path, await this.decoder(decoder), ordinals, format))
        pictures.push(picture)
      return pictures
    },
    writePictures: async ({ path, decoder, ordinals, folder }, step) =>
      writePictures(path, await this.decoder(decoder), { ordinals, folder }, (frames) =>
        step({ step: 'decode', frames, of: ordinals?.length ?? null }),
      ),
    encode: async ({ clips, decoder }, step) => {
      const opened = await this.decoder(decoder)
      const counts: number[] = []
      for (const { pixels, ...options } of clips) {
        counts.push(await encodeClip(opened, picturesIn(pixels, options.width, options.height), options))
        step({ step: 'decode', frames: counts.length, of: clips.length })
      }
      return counts
    },
  }

  private async decoder(choice: DecoderChoice): Promise<Decoder> {
    const there = this.decoders.get(choice)
    if (there) return there
    const opened = await openDecoder(choice)
    this.decoders.set(choice, opened)
    return opened
  }

  /** Ends at once, and takes along the programs it started. */
  private stop(): void {
    for (const decoder of this.decoders.values()) if (decoder instanceof FfmpegDecoder) decoder.stop()
    this.exit(0)
  }

  private reply(reply: MediaReply): void {
    this.parent.send(reply)
  }
}

/** Lets steps through when they begin and then at most ten times a second. */
function throttled(send: (step: ImportStep) => void): (step: ImportStep) => void {
  let last: ImportStep['step'] | null = null
  let at = 0
  return (step) => {
    const now = performance.now()
    if (step.step === last && now - at < progressEveryMs) return
    last = step.step
    at = now
    send(step)
  }
}

function plain(error: unknown): Extract<MediaReply, { error: unknown }>['error'] {
  if (error instanceof Unreadable) return { message: error.message, reason: error.reason, detail: error.detail }
  if (error instanceof Failure) return { message: error.message, code: error.code, data: error.data }
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
