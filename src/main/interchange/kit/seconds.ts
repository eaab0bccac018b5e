import type { KnownVideo } from '@main/interchange/format'

/** Frames of a video by the seconds they are shown at, by its own frame table. Made once for many. */
export class FrameClock {
  /** Milliseconds from the first picture, by frame; a frame without a time of its own is put where its number says. */
  private readonly times: readonly number[]
  /** Frames in the order in which they are shown. */
  private readonly shown: readonly number[]

  constructor(private readonly video: Pick<KnownVideo, 'fps' | 'timestampsMs'>) {
    const table = video.timestampsMs()
    const first = table.find((time) => time !== null) ?? 0
    this.times = table.map((time, frame) => (time === null ? (frame * 1000) / video.fps : time - first))
    this.shown = [...this.times.keys()].sort((a, b) => this.timeOf(a) - this.timeOf(b) || a - b)
  }

  /**
   * The frame that is shown at a time, with half a frame of tolerance: times are often rounded to milliseconds, and
   * `floor(t x fps)` then hits the wrong frame for a third of all frames.
   * @param seconds from the start of the video
   * @returns ordinal from 0; null where the time lies outside the video
   */
  frameAt(seconds: number): number | null {
    const wanted = seconds * 1000
    const after = this.firstFrom(wanted)
    const last = this.shown[after - 1]
    const before = last === undefined ? undefined : this.shown[this.firstFrom(this.timeOf(last))]
    const near = [before, this.shown[after]].flatMap((frame) => (frame === undefined ? [] : [frame]))
    const [best] = near.sort((a, b) => Math.abs(this.timeOf(a) - wanted) - Math.abs(this.timeOf(b) - wanted) || a - b)
    if (best === undefined) return null
    return Math.abs(this.timeOf(best) - wanted) <= 500 / this.video.fps + 1 ? best : null
  }

  /**
   * The last frame of a stretch that ends at a time. One that ends with the video often ends when its last frame has been
   * shown: that frame is meant.
   * @returns null where the time lies outside the video
   */
  endAt(seconds: number): number | null {
    const last = this.shown.at(-1)
    const after = last === undefined ? Infinity : seconds * 1000 - this.timeOf(last)
    return (
      this.frameAt(seconds) ?? (last !== undefined && after > 0 && after <= 1500 / this.video.fps + 1 ? last : null)
    )
  }

  /** When a frame is shown, in seconds from the first, rounded to milliseconds. */
  secondsOf(frame: number): number {
    return Math.round(this.timeOf(frame)) / 1000
  }

  private timeOf(frame: number): number {
    return this.times[frame] ?? (frame * 1000) / this.video.fps
  }

  /** Place in the order of showing of the first frame at a time or after it. */
  private firstFrom(wanted: number): number {
    let [low, high] = [0, this.shown.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.timeOf(this.shown[middle] as number) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
