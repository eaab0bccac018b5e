import { type Handler, answerCalls } from '@main/process/calls'
import type { Decoder } from './decode/contract/decoder'
import { encodeClip, picturesIn } from './files/encode-clip'
import { smallPicture } from './files/small-picture'
import { followInProxy } from './follow/follow-in-proxy'
import { FfmpegDecoder } from './decode/ffmpeg/ffmpeg-decoder'
import { type ImportStep, importMedia, probeMedia } from './import/import-media'
import type { DecoderChoice } from './decode/open-decoder'
import type { MediaCall, MediaCalls } from './media-calls'
import type { EncodedPicture } from './sources/read-pictures'
import { describeDecoders, openDecoder } from './decode/open-decoder'
import type { ParentChannel } from '@main/process/process-channel'
import { readEncoded, writePictures } from './sources/read-pictures'
import { stepBack } from '@main/process/step-back'
import { unreadableKind } from './unreadable-kind'

const progressEveryMs = 100

type Handlers = {
  [C in MediaCall]: (input: MediaCalls[C]['in'], step: (step: ImportStep) => void) => Promise<MediaCalls[C]['out']>
}

/** The inside of the media process: does what it is asked, one thing after the other, and says how far it is. */
export class MediaWorker {
  private readonly decoders = new Map<DecoderChoice, Decoder>()
  private hasSteppedBack = false

  constructor(
    private readonly parent: ParentChannel,
    private readonly exit: (code: number) => void,
  ) {}

  start(): void {
    const handlers = Object.fromEntries(
      Object.entries(this.handlers).map(([name, handle]): [string, Handler] => {
        const untyped = handle as (input: unknown, step: (step: ImportStep) => void) => Promise<unknown>
        return [name, (input, { emit }) => untyped(input, throttled(emit))]
      }),
    )
    answerCalls(this.parent, handlers, { onStop: () => this.stop(), kinds: [unreadableKind] })
    this.parent.onGone(() => this.stop())
  }

  private readonly handlers: Handlers = {
    decoders: () => describeDecoders(),
    probe: async ({ path, decoder }, onProgress) =>
      probeMedia(path, { decoder: await this.decoder(decoder), onProgress }),
    import: async ({ path, mediaFolder, decoder, proxy }, onProgress) => {
      this.yieldToOthers()
      return importMedia(path, { mediaFolder, proxy, onProgress, decoder: await this.decoder(decoder) })
    },
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
    smallPicture: ({ bytes, ...wanted }) => smallPicture(bytes, wanted),
    follow: async ({ decoder, ...request }, step) =>
      followInProxy(await this.decoder(decoder), request, (frames) =>
        step({ step: 'decode', frames, of: request.to - request.from }),
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

  /** Whoever looks at a picture goes before an import, also where there are no more cores than imports. */
  private yieldToOthers(): void {
    if (!this.hasSteppedBack) stepBack()
    this.hasSteppedBack = true
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
