import { type Affine, toClip } from '@shared/geometry/affine'
import type { Box } from '@shared/geometry/box'
import { boxAt } from '@shared/geometry/track'
import type { Frame } from '@shared/ids'
import type { ClipBatch, ClipDraw, ClipSource, ClipTube } from '@main/learning/clip-source'
import { random } from '@main/learning/random'
import type { ClipLoader } from '@main/media/clips/clip-loader'
import { type ClipRequest, clipGeometry } from '@main/media/clips/clip-reader'
import {
  type WindowShape,
  coveringWindows,
  randomWindow,
  sampledFrames,
  uniformWindows,
} from '@main/media/clips/windows'
import type { ClipRow } from '@main/runs/clip-rows'
import { WholeVideos } from './whole-videos'

/** How clips are cut from videos; a part of the classifier's configuration. */
export interface ClipShape {
  size: number
  frames: number
  stride: number
  shortVideos: 'reflect' | 'loop'
}

/** A clip of a video, or all of it. */
export type VideoDraw = ClipDraw | { kind: 'whole' }

/** A project's videos as a data set for learning, read from their proxies on threads. */
export class ProjectClips implements ClipSource {
  readonly count: number
  private readonly whole: WholeVideos

  constructor(
    readonly rows: readonly ClipRow[],
    readonly classes: number,
    readonly attributes: number,
    private readonly cut: { shape: ClipShape; loader: ClipLoader },
  ) {
    this.count = rows.length
    this.whole = new WholeVideos(rows, cut.shape.size, cut.loader)
  }

  label(i: number): number {
    const { label, name } = this.row(i)
    if (label === null) throw new Error(`video ${name} has no class that the model knows`)
    return label
  }

  assigned(i: number): readonly number[] {
    return this.row(i).assigned
  }

  /** Attributes of which nobody could say whether video i shows them. */
  unsure(i: number): readonly number[] {
    return this.row(i).unsure
  }

  /** How sure it is what is said of attribute s in video i, 0 to 1. */
  sure(i: number, s: number): number {
    return this.row(i).sure?.[s] ?? 1
  }

  tubes(i: number, draw: VideoDraw): ClipTube[] {
    const affine = this.toSource(i)
    const frames = this.frames(i, draw)
    return this.row(i).tracks.map(({ attribute, keyframes }) => ({
      attribute,
      boxes: frames.map((frame) => {
        const box = boxAt(keyframes, frame)
        return box && toClip(box, affine)
      }),
    }))
  }

  /** True boxes of each attribute per sampled frame, in clip pixels; attributes without any are left out. */
  truth(i: number, draw: VideoDraw): Map<number, Box[][]> {
    const truth = new Map<number, Box[][]>()
    for (const { attribute, boxes } of this.tubes(i, draw)) {
      const perFrame = truth.get(attribute) ?? boxes.map(() => [])
      boxes.forEach((box, t) => box && perFrame[t]?.push(box))
      if (perFrame.some((list) => list.length > 0)) truth.set(attribute, perFrame)
    }
    return truth
  }

  /** True boxes of each attribute by source frame, in source pixels. */
  sourceTruth(i: number, draw: ClipDraw): Map<number, Map<Frame, Box[]>> {
    const truth = new Map<number, Map<Frame, Box[]>>()
    for (const { attribute, keyframes } of this.row(i).tracks) {
      const own = truth.get(attribute) ?? new Map<Frame, Box[]>()
      for (const frame of new Set(this.frames(i, draw))) {
        const box = boxAt(keyframes, frame)
        if (box) own.set(frame, [...(own.get(frame) ?? []), box])
      }
      truth.set(attribute, own)
    }
    return truth
  }

  /** The actor's box per sampled frame in clip pixels, or null where nobody was boxed. */
  actor(i: number, draw: ClipDraw): (Box | null)[] | null {
    const affine = this.toSource(i)
    const [keyframes] = this.row(i).actors
    if (!keyframes) return null
    return this.frames(i, draw).map((frame) => {
      const box = boxAt(keyframes, frame)
      return box && toClip(box, affine)
    })
  }

  async read(indices: readonly number[], draw: ClipDraw, signal?: AbortSignal): Promise<ClipBatch> {
    if (!this.whole.fit) {
      const requests = indices.map((i) => this.request(i, draw))
      const { pixels, count } = await this.cut.loader.read(requests, signal)
      return { pixels, count }
    }
    const clips = await Promise.all(indices.map((i) => this.whole.clip(i, this.frames(i, draw), signal)))
    return { pixels: Buffer.concat(clips), count: clips.length }
  }

  /** Starts reading what the next `read` will ask for. */
  prefetch(indices: readonly number[], draw: ClipDraw): void {
    if (!this.whole.fit) this.cut.loader.prefetch(indices.map((i) => this.request(i, draw)))
  }

  waitShare(): number {
    return this.cut.loader.waitShare()
  }

  /** Ordinals of the source that the clip is made of, in its order. */
  frames(i: number, draw: VideoDraw): Frame[] {
    const shape = this.windowShape(i)
    if (draw.kind === 'whole') return sampledFrames(shape)
    if (draw.kind === 'random') return randomWindow(shape, random(draw.seed, draw.epoch, i).next)
    return uniformWindows(shape, draw.of)[draw.index] ?? []
  }

  /** The clips that cover video i, one after the other, each with the sampled frame at which it begins. */
  async *covering(i: number, signal: AbortSignal): AsyncGenerator<{ start: number; pixels: Uint8Array }> {
    const windows = coveringWindows(this.windowShape(i))
    const shape = this.request(i, { kind: 'whole' })
    const plan = windows.map(({ frames }) => [{ ...shape, frames }])
    let window = 0
    for await (const { pixels } of this.cut.loader.batches(plan, { signal }))
      yield { start: windows[window++]?.start ?? 0, pixels }
  }

  /** From clip pixels to source pixels; the same for every window of a video. */
  toSource(i: number): Affine {
    const { size } = this.cut.shape
    return clipGeometry(this.row(i).video.source, { width: size, height: size, fit: 'crop' }).toSource
  }

  private request(i: number, draw: VideoDraw): ClipRequest {
    const { size } = this.cut.shape
    return { video: this.row(i).video, frames: this.frames(i, draw), width: size, height: size, fit: 'crop' }
  }

  private windowShape(i: number): WindowShape {
    const { frames, stride, shortVideos } = this.cut.shape
    return { frames: this.row(i).video.frames, length: frames, stride, short: shortVideos }
  }

  private row(i: number): ClipRow {
    const row = this.rows[i]
    if (!row) throw new RangeError(`there are ${this.rows.length} videos; ${i} is none of them`)
    return row
  }
}
