import { z } from 'zod'

/** Where the cells of a feature map lie in the clip, and what each of them sees. */
export const TapGeometry = z.object({
  /** The layer whose output the map is. */
  name: z.string(),
  /** Cells of the map, and its channels d. Frames of the map = frames of the clip (T = T'). */
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
})
export type TapGeometry = z.infer<typeof TapGeometry>
