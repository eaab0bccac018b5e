import { z } from 'zod'

/** Where the cells of a feature map lie in the clip, and what each of them sees. */
export const TapGeometry = z.object({
  /** The layer whose output the map is. */
  name: z.string(),
  /** Cells of the map, and its channels d. */
  rows: z.int(),
  cols: z.int(),
  channels: z.int(),
  /** Cell (i, j) is centred on ((j + .5) * strideX + offsetX, (i + .5) * strideY + offsetY), in input pixels. */
  strideX: z.number(),
  strideY: z.number(),
  offsetX: z.number(),
  offsetY: z.number(),
  /** Input pixels seen by one cell in space, and frames in time. */
  receptiveField: z.object({ space: z.number(), time: z.number() }),
  /**
   * Frames of the map, frame f of which stands for the clip's frames with (t + .5) in [f * stride + offset, (f + 1) *
   * stride + offset). Left out where each frame of the clip has its own (T = T').
   */
  time: z.object({ frames: z.int(), stride: z.number(), offset: z.number() }).optional(),
})
export type TapGeometry = z.infer<typeof TapGeometry>
export type TapTime = NonNullable<TapGeometry['time']>

/** The frames of a map of clips of so many frames. */
export function tapTime({ time }: Pick<TapGeometry, 'time'>, clipFrames: number): TapTime {
  return time ?? { frames: clipFrames, stride: 1, offset: 0 }
}

/** The frame of the map that stands for a frame of the clip: the one it lies in, at the ends of a clip the nearest. */
export function mapFrameAt({ frames, stride, offset }: TapTime, clipFrame: number): number {
  return Math.max(0, Math.min(frames - 1, Math.floor((clipFrame + 0.5 - offset) / stride)))
}
