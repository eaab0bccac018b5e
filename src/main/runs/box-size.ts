import type { TapGeometry } from '@shared/tap-geometry'

/** A box as shares of the picture's shorter side, which is the side of a clip. */
export interface BoxSize {
  width: number
  height: number
}

/** Cells that a tube covers at most, each way (docs/method.md). */
const mostCells = 3

/** The box of middle area; null where there is none. */
export function medianBox(sizes: readonly BoxSize[]): BoxSize | null {
  const byArea = sizes.toSorted((a, b) => a.width * a.height - b.width * b.height)
  return byArea[Math.floor(byArea.length / 2)] ?? null
}

export interface BoxCheck {
  box: BoxSize | null
  /** The feature maps that are searched, and the side of the clip they see, px. */
  taps: readonly TapGeometry[]
  side: number
  /** For an explanation: cells that are averaged each way. */
  pooling?: 1 | 2
}

/** A sentence where the boxes that people drew are larger than a tube can be, or too small to be pooled; else none. */
export function boxWarnings({ box, taps, side, pooling }: BoxCheck): string[] {
  // The tap with the largest cells can cover the most.
  const [tap] = taps.toSorted((a, b) => b.strideX * b.strideY - a.strideX * a.strideY)
  if (!box || !tap) return []
  const cells = { x: (box.width * side) / tap.strideX, y: (box.height * side) / tap.strideY }
  const mean = Math.sqrt(cells.x * cells.y)
  const size = `${cells.x.toFixed(1)} x ${cells.y.toFixed(1)} cells`
  const large = `The median box of the training videos is ${size} of the grid, and a tube covers ${mostCells} x ${mostCells} at most`
  if (mean > mostCells) return advice(large, { pooling, poolingHelps: mean <= 2 * mostCells })
  return pooling === 2 && mean < mostCells
    ? [`The median box of the training videos is ${size} of the grid: feature pooling is for larger ones, set it to 1.`]
    : []
}

function advice(
  large: string,
  { pooling, poolingHelps }: { pooling: BoxCheck['pooling']; poolingHelps: boolean },
): string[] {
  if (pooling === undefined) {
    const also = poolingHelps ? ', or set feature pooling to 2 in the explanation' : ''
    return [`${large}: pool more or use a smaller picture${also}.`]
  }
  if (!poolingHelps) return [`${large}, or twice that with feature pooling 2: explain a classifier that pools more.`]
  return pooling === 1 ? [`${large}: set feature pooling to 2.`] : []
}
