import type { Box } from '@shared/geometry/box'
import { type ClipSize, pixelBox, type Region } from './region'

/** What stands where a clip is masked. `mean` is the mean colour, which is 0 to a network trained here. */
export type Fill = 'mean' | 'black' | 'clip' | 'blur'

export interface MaskColours {
  /** What a black pixel is to the network, RGB. */
  black: readonly [number, number, number]
  /** What the mean colour is to the network, RGB; 0 where that was subtracted, as by networks trained here. */
  mean?: readonly [number, number, number]
}

/**
 * A clip whose tubes are filled: z is the fill inside the boxes in their frames, in all channels, and the clip is not normalised
 * again (docs/evaluation.md). A pixel counts when its centre is inside.
 * @param input [T, H, W, 3], network input; not changed
 */
export function maskClip(
  input: Float32Array,
  regions: readonly Region[],
  { size, fill, colours }: { size: ClipSize; fill: Fill; colours: MaskColours },
): Float32Array {
  const masked = input.slice()
  const { black, mean = [0, 0, 0] } = colours
  const colour = fill === 'clip' ? meanOf(input) : fill === 'black' ? black : mean
  for (const region of regions) {
    region.forEach((box, frame) => {
      if (!box) return
      forEachPixel(box, size, (x, y) => {
        const at = ((frame * size.height + y) * size.width + x) * 3
        for (let c = 0; c < 3; c++)
          masked[at + c] = fill === 'blur' ? blurredAt(input, { frame, x, y, c, size }) : (colour[c] as number)
      })
    })
  }
  return masked
}

function forEachPixel(box: Box, size: ClipSize, visit: (x: number, y: number) => void): void {
  const { x1, y1, x2, y2 } = pixelBox(box, size)
  for (let y = y1; y < y2; y++) for (let x = x1; x < x2; x++) visit(x, y)
}

function meanOf(input: Float32Array): readonly [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  for (let i = 0; i < input.length; i++) sum[i % 3] = (sum[i % 3] as number) + (input[i] as number)
  return sum.map((value) => value / (input.length / 3)) as [number, number, number]
}

/** Mean over a window of a quarter of each side: what is there loses its form and keeps its colour. */
function blurredAt(
  input: Float32Array,
  { frame, x, y, c, size: { height, width } }: { frame: number; x: number; y: number; c: number; size: ClipSize },
): number {
  const [rx, ry] = [Math.ceil(width / 8), Math.ceil(height / 8)]
  let sum = 0
  let count = 0
  for (let j = Math.max(0, y - ry); j <= Math.min(height - 1, y + ry); j += 2) {
    for (let i = Math.max(0, x - rx); i <= Math.min(width - 1, x + rx); i += 2, count++)
      sum += input[((frame * height + j) * width + i) * 3 + c] as number
  }
  return count ? sum / count : 0
}
