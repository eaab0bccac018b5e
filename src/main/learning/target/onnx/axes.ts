import { type Axes, countOf } from '@main/learning/target/network'
import type { NumberArray } from '@main/learning/target/target-classifier'

/** Sizes as the file gives them, frames, height and width. */
export interface OpenShape {
  axes: Axes
  frames: number | null
  height: number | null
  width: number | null
}

/** Reads the order of axes off the place of the three colours; the time axis comes before the picture. Null where none fits. */
export function axesOf(sizes: readonly (number | string)[]): OpenShape | null {
  const number = (i: number) => (typeof sizes[i] === 'number' && sizes[i] > 0 ? sizes[i] : null)
  const found = (axes: Axes, t: number): OpenShape => {
    const [y, x] = axes === 'NTCHW' ? [3, 4] : [t + 1, t + 2]
    return { axes, frames: number(t), height: number(y), width: number(x) }
  }
  if (sizes.length === 6 && sizes[2] === 3) return found('N1CTHW', 3)
  if (sizes.length !== 5) return null
  if (sizes[1] === 3) return found('NCTHW', 2)
  if (sizes[4] === 3) return found('NTHWC', 1)
  return sizes[2] === 3 ? found('NTCHW', 1) : null
}

/** Clips [B, T, H, W, 3] in the order of a file. */
export function toAxes({ values, shape }: NumberArray, axes: Axes): NumberArray {
  const [b = 1, t = 1, h = 1, w = 1, c = 3] = shape
  if (axes === 'NTHWC') return { values, shape }
  if (axes === 'NTCHW') return { values: channelsFirst(values, b * t, h * w, c), shape: [b, t, c, h, w] }
  const moved = channelsFirst(values, b, t * h * w, c)
  return { values: moved, shape: axes === 'NCTHW' ? [b, c, t, h, w] : [b, 1, c, t, h, w] }
}

/** Clips in the order of a file as [B, T, H, W, 3]. */
export function fromAxes({ values, shape }: NumberArray, axes: Axes): NumberArray {
  if (axes === 'NTHWC') return { values, shape }
  if (axes === 'NTCHW') {
    const [b = 1, t = 1, c = 3, h = 1, w = 1] = shape
    return { values: channelsFirst(values, b * t, c, h * w), shape: [b, t, h, w, c] }
  }
  const [b = 1, c = 3, ...places] = axes === 'N1CTHW' ? shape.filter((_, i) => i !== 1) : shape
  return { values: channelsFirst(values, b, c, countOf(places)), shape: [b, ...places, c] }
}

/** A map [B, d, T, rows, cols], as ONNX has it, channels last. */
export function channelsLast({ values, shape }: NumberArray): NumberArray {
  const [b = 1, d = 1, ...places] = shape
  return { values: channelsFirst(values, b, d, values.length / Math.max(1, b * d)), shape: [b, ...places, d] }
}

/** [n, a, b] to [n, b, a]. */
function channelsFirst(values: Float32Array, n: number, a: number, b: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let i = 0; i < n; i++) {
    const from = i * a * b
    for (let j = 0; j < a; j++) for (let k = 0; k < b; k++) out[from + k * a + j] = values[from + j * b + k] as number
  }
  return out
}
