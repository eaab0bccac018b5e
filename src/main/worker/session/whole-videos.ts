import type { Frame } from '@shared/ids'
import type { ClipLoader } from '@main/media/clips/clip-loader'
import type { ClipRow } from '@main/runs/clip-rows'

/** Memory that decoded videos may take, bytes. */
const budget = 1 << 30

/**
 * Small data sets decoded once and kept at the size that training asks for: another random window of the same video
 * then costs a copy and no decoding. Larger data sets are read clip by clip.
 */
export class WholeVideos {
  /** All videos together fit the budget. */
  readonly fit: boolean
  private readonly pictureBytes: number
  private readonly kept = new Map<number, Promise<Uint8Array>>()

  constructor(
    private readonly rows: readonly ClipRow[],
    private readonly size: number,
    private readonly loader: ClipLoader,
  ) {
    this.pictureBytes = size * size * 3
    this.fit = rows.reduce((sum, { video }) => sum + video.frames * this.pictureBytes, 0) <= budget
  }

  /** Pictures [frames, H, W, 3] of video i, copied from its decoded whole. */
  async clip(i: number, frames: readonly Frame[], signal?: AbortSignal): Promise<Uint8Array> {
    const whole = await this.whole(i, signal)
    const clip = new Uint8Array(frames.length * this.pictureBytes)
    frames.forEach((frame, t) => {
      const from = frame * this.pictureBytes
      clip.set(whole.subarray(from, from + this.pictureBytes), t * this.pictureBytes)
    })
    return clip
  }

  private whole(i: number, signal?: AbortSignal): Promise<Uint8Array> {
    const kept = this.kept.get(i)
    if (kept) return kept
    const reading = this.read(i, signal)
    this.kept.set(i, reading)
    // What failed or was stopped is read again when it is next asked for.
    reading.catch(() => this.kept.delete(i))
    return reading
  }

  private async read(i: number, signal?: AbortSignal): Promise<Uint8Array> {
    const row = this.rows[i]
    if (!row) throw new RangeError(`there are ${this.rows.length} videos; ${i} is none of them`)
    const frames = Array.from({ length: row.video.frames }, (_, frame) => frame)
    const { pixels } = await this.loader.read(
      [{ video: row.video, frames, width: this.size, height: this.size, fit: 'crop' }],
      signal,
    )
    return pixels
  }
}
