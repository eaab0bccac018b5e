import { type Ref, type ShallowRef, ref, shallowRef } from 'vue'
import type { Size } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import { FrameReader } from './frame-reader'
import type { DecodedPicture, FrameSource, ProxyInfo } from './frame-source'
import { PictureCache, cacheSize } from './picture-cache'
import { type PlayRange, type PlayStart, frameAtTime, shuttled, steppedSpeed } from './play-clock'

/** A video as the player needs it. */
export interface PlayableVideo {
  /** `width`, `height` and `fps` of the displayed original, to which boxes and time refer. */
  picture: Size
  fps: number
  frames: number
  proxy: ProxyInfo & Size
  /** Where the source picture of a frame can be fetched, for a closer look. */
  stillUrl(frame: Frame): string
}

/** The clock and the decoder a player uses; a test hands in its own. */
export interface PlayerParts {
  open(proxy: ProxyInfo): Promise<FrameSource>
  now(): number
  onNextTick(run: () => void): void
  /** Fetches a source picture, decoded. */
  still(url: string, signal: AbortSignal): Promise<ImageBitmap>
}

export type PlayerState = 'empty' | 'opening' | 'ready' | 'failed'

/**
 * Shows exactly one picture of a video at a time. `drawn` is the number of the picture that is really on the canvas,
 * read from the decoder; marks are drawn for it and never for the one wished for.
 */
export class Player {
  readonly state: Ref<PlayerState> = ref('empty')
  readonly problem: ShallowRef<string | null> = shallowRef(null)
  readonly drawn: ShallowRef<Frame | null> = shallowRef(null)
  /** Counts every change of the canvas, so that the stage draws it again. */
  readonly paints: ShallowRef<number> = shallowRef(0)
  readonly playing: Ref<boolean> = ref(false)
  readonly speed: Ref<number> = ref(1)
  readonly loop: Ref<boolean> = ref(false)
  readonly decoder: ShallowRef<FrameSource['decoder'] | null> = shallowRef(null)
  readonly video: ShallowRef<PlayableVideo | null> = shallowRef(null)
  /** The canvas of the stage: the proxy's picture, or the source's on a close look. */
  readonly canvas: ShallowRef<HTMLCanvasElement | null> = shallowRef(null)
  /** Whether the canvas shows the source's own picture. */
  readonly isSharp: ShallowRef<boolean> = shallowRef(false)

  private reader: FrameReader | null = null
  private range: PlayRange | null = null
  private started: PlayStart | null = null
  private wish: Frame | null = null
  private inFlight = false
  private opened = 0
  private wantsSharp = false
  private sharpening: AbortController | null = null

  constructor(private readonly parts: PlayerParts) {}

  /** Opens a video and shows `frame` of it; the one before is closed. Problems end in `state` and `problem`. */
  async open(video: PlayableVideo, frame: Frame = 0): Promise<void> {
    this.close()
    const mine = ++this.opened
    this.state.value = 'opening'
    this.video.value = video
    try {
      const source = await this.parts.open(video.proxy)
      if (mine !== this.opened) return source.close()
      const cache = new PictureCache(cacheSize(video.proxy.width, video.proxy.height))
      this.reader = new FrameReader(source, cache, video.frames)
      this.decoder.value = source.decoder
      this.state.value = 'ready'
      this.jump(frame)
    } catch (error) {
      if (mine === this.opened) this.fail(error)
    }
  }

  close(): void {
    this.opened++
    this.pause()
    this.sharpening?.abort()
    this.reader?.close()
    this.reader = null
    this.range = null
    this.wish = null
    this.inFlight = false
    this.drawn.value = null
    this.canvas.value = null
    this.isSharp.value = false
    this.video.value = null
    this.problem.value = null
    this.decoder.value = null
    this.state.value = 'empty'
  }

  /** The frame last asked for; the one drawn once it is decoded. */
  get wanted(): Frame {
    return this.wish ?? this.drawn.value ?? 0
  }

  get last(): Frame {
    return Math.max(0, (this.video.value?.frames ?? 1) - 1)
  }

  /** Shows a frame; numbers outside mean the ends. Playing goes on from there. */
  jump(frame: Frame): void {
    const goal = Math.min(this.last, Math.max(0, Math.round(frame)))
    if (this.started) this.restartClock(goal, this.started.speed)
    this.want(goal)
  }

  /** Moves by so many frames and stops playing. */
  step(by: number): void {
    const from = this.wanted
    this.pause()
    this.jump(from + by)
  }

  /** Plays at the chosen speed, from the start again when at the end. `direction` -1 plays backwards. */
  play(direction: 1 | -1 = 1): void {
    if (!this.video.value) return
    const { first, last } = this.playRange()
    const atEnd = direction > 0 ? this.wanted >= last : this.wanted <= first
    const isOutside = this.wanted < first || this.wanted > last
    const from = atEnd || isOutside ? (direction > 0 ? first : last) : this.wanted
    this.run(from, this.speed.value * direction)
  }

  pause(): void {
    const wasPlaying = this.started !== null
    this.started = null
    this.playing.value = false
    // What is on the canvas is what the person stopped at.
    if (wasPlaying && this.drawn.value !== null) this.wish = this.drawn.value
    if (this.wantsSharp) this.sharpen()
  }

  toggle(): void {
    if (this.playing.value) this.pause()
    else this.play()
  }

  /** J (-1) and L (1): plays that way, faster at each further press; K is `pause`. */
  shuttle(direction: 1 | -1): void {
    const speed = shuttled(this.started?.speed ?? null, direction)
    this.run(this.wanted, speed)
  }

  setSpeed(speed: number): void {
    this.speed.value = speed
    if (this.started) this.restartClock(this.wanted, speed * Math.sign(this.started.speed))
  }

  changeSpeed(direction: 1 | -1): void {
    this.setSpeed(steppedSpeed(this.speed.value, direction))
  }

  /** Plays only these frames, both ends inclusive; null plays the whole video. */
  setRange(range: { first: Frame; last: Frame } | null): void {
    this.range = range ? { ...range, loop: this.loop.value } : null
  }

  /** Whether the stage shows the picture larger than the proxy holds it; then the source's picture is fetched. */
  setSharp(wanted: boolean): void {
    if (this.wantsSharp === wanted) return
    this.wantsSharp = wanted
    if (wanted && !this.playing.value) this.sharpen()
  }

  private playRange(): PlayRange {
    const { first, last } = this.range ?? { first: 0, last: this.last }
    return { first, last, loop: this.loop.value }
  }

  private run(from: Frame, speed: number): void {
    this.restartClock(from, speed)
    this.want(from)
    if (this.playing.value) return
    this.playing.value = true
    this.parts.onNextTick(() => this.tick())
  }

  private restartClock(frame: Frame, speed: number): void {
    this.started = { frame, at: this.parts.now(), speed, fps: this.video.value?.fps ?? 25 }
  }

  private tick(): void {
    if (!this.started || !this.video.value) return
    const { frame, ended } = frameAtTime(this.started, this.parts.now(), this.playRange())
    this.want(frame)
    if (ended) {
      this.started = null
      this.playing.value = false
      return
    }
    this.parts.onNextTick(() => this.tick())
  }

  /** One picture is fetched at a time; when it is there, the newest wish follows. */
  private want(frame: Frame): void {
    this.wish = frame
    if (!this.inFlight && frame !== this.drawn.value) void this.fetch(frame)
  }

  private async fetch(frame: Frame): Promise<void> {
    const { reader } = this
    const mine = this.opened
    if (!reader) return
    this.inFlight = true
    try {
      const backwards = this.started ? this.started.speed < 0 : frame < (this.drawn.value ?? 0)
      const picture = await reader.get(frame, backwards ? -1 : 1)
      if (mine !== this.opened) return
      if (picture) this.paint(picture)
      this.inFlight = false
      if (this.wish !== null && this.wish !== frame) this.want(this.wish)
    } catch (error) {
      if (mine === this.opened) this.fail(error)
    }
  }

  private paint({ image, frame }: DecodedPicture): void {
    this.sharpening?.abort()
    this.draw(image)
    this.isSharp.value = false
    this.drawn.value = frame
    if (this.wantsSharp && !this.playing.value) this.sharpen()
  }

  private draw(image: CanvasImageSource & { width: number; height: number }): void {
    const canvas = this.canvas.value ?? document.createElement('canvas')
    if (canvas.width !== image.width) canvas.width = image.width
    if (canvas.height !== image.height) canvas.height = image.height
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    this.canvas.value = canvas
    this.paints.value++
  }

  /** Fetches the source's picture of the frame drawn; a frame that changes meanwhile drops it. */
  private sharpen(): void {
    const video = this.video.value
    const frame = this.drawn.value
    const isLarger = video && video.picture.width > video.proxy.width + 1
    if (!video || !isLarger || frame === null || this.isSharp.value) return
    this.sharpening?.abort()
    const abort = new AbortController()
    this.sharpening = abort
    this.parts.still(video.stillUrl(frame), abort.signal).then(
      (image) => {
        if (!abort.signal.aborted && this.drawn.value === frame && !this.playing.value) {
          this.draw(image)
          this.isSharp.value = true
        }
        image.close()
      },
      // The proxy's picture stays; a closer look is a bonus.
      () => undefined,
    )
  }

  private fail(error: unknown): void {
    this.pause()
    this.inFlight = false
    this.state.value = 'failed'
    this.problem.value = error instanceof Error ? error.message : String(error)
  }
}

/** The browser's own clock and decoders. */
export function browserParts(open: PlayerParts['open']): PlayerParts {
  return {
    open,
    now: () => performance.now(),
    onNextTick: (run) => void requestAnimationFrame(run),
    still: async (url, signal) => {
      const answer = await fetch(url, { signal })
      if (!answer.ok) throw new Error(`The source picture could not be read: ${answer.status}.`)
      return createImageBitmap(await answer.blob())
    },
  }
}
