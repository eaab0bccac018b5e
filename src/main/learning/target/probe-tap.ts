import * as tf from '@tensorflow/tfjs'
import type { Tensor5D } from '@tensorflow/tfjs'
import { random } from '@main/learning/random'
import type { TapGeometry } from './target-classifier'

export interface InputShape {
  frames: number
  height: number
  width: number
}

/** One clip [1, T, H, W, 3] to its feature map [1, T, rows, cols, d]. */
export type FeatureMap = (input: Tensor5D) => Tensor5D

/** Cells of a map, in the order of its axes: frame, row, column. */
type CellPlace = readonly [number, number, number]

/**
 * Where the cells of a map lie, found by experiment, for networks of which nothing else is known. What the first cell of
 * an axis sees ends at some pixel, what the last one sees begins at some pixel; both are found by changing all input up
 * to a pixel and looking whether the cell changes. The two ends give offset and receptive field of evenly spaced cells,
 * up to receptive fields of nearly twice the picture. Above that the cells are taken as centred and as seeing it all.
 * Costs some dozens of forward passes.
 */
export function probeTap(name: string, map: FeatureMap, shape: InputShape): TapGeometry {
  const probe = new TapProbe(map, shape)
  const [, frames, rows, cols, channels] = probe.mapShape
  const x = spacing(probe, { axis: 2, cells: cols, side: shape.width })
  const y = spacing(probe, { axis: 1, cells: rows, side: shape.height })
  const time = spacing(probe, { axis: 0, cells: frames, side: shape.frames })
  return {
    name,
    rows,
    cols,
    channels,
    strideX: x.stride,
    strideY: y.stride,
    offsetX: x.offset,
    offsetY: y.offset,
    receptiveField: { space: Math.max(x.field, y.field), time: time.field },
  }
}

interface Axis {
  axis: 0 | 1 | 2
  cells: number
  side: number
}

interface Spacing {
  stride: number
  offset: number
  field: number
}

function spacing(probe: TapProbe, { axis, cells, side }: Axis): Spacing {
  const whole = { stride: side / cells, offset: 0, field: side }
  const end = probe.end(axis, 0)
  const begin = probe.begin(axis, cells - 1)
  // Both ends outside the picture: every cell sees everything, and its place cannot be told from that.
  if (end >= side || begin <= 0) return whole
  const next = cells > 1 ? probe.end(axis, 1) : side
  const stride = cells > 1 && next < side ? next - end : side / cells
  return { stride, offset: (end + begin - cells * stride) / 2, field: end - begin + (cells - 1) * stride }
}

class TapProbe {
  readonly mapShape: readonly [number, number, number, number, number]
  private readonly input: Float32Array
  private readonly changed: Float32Array
  private readonly before: Float32Array

  constructor(
    private readonly map: FeatureMap,
    private readonly shape: InputShape,
  ) {
    const { frames, height, width } = shape
    const stream = random(17)
    const noise = () => Float32Array.from({ length: frames * height * width * 3 }, () => stream.normal() * 3)
    this.input = noise()
    this.changed = noise()
    const { values, mapShape } = this.run(this.input)
    this.before = values
    this.mapShape = mapShape
  }

  /** First input place along the axis that the middle cell at `cell` does not see any more. */
  end(axis: Axis['axis'], cell: number): number {
    // What lies from `place` on is changed: the cell changes as long as it sees any of it.
    return this.bisect((place) => !this.changes(axis, cell, (at) => at >= place), axis)
  }

  /** First input place along the axis that the cell sees. */
  begin(axis: Axis['axis'], cell: number): number {
    return this.bisect((place) => this.changes(axis, cell, (at) => at < place), axis) - 1
  }

  /** Smallest place in [0, side] for which a condition that stays true holds; side + 1 where it never does. */
  private bisect(holds: (place: number) => boolean, axis: Axis['axis']): number {
    const { frames, height, width } = this.shape
    let [low, high] = [0, [frames, height, width][axis] ?? 0]
    if (!holds(high)) return high + 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (holds(middle)) high = middle
      else low = middle + 1
    }
    return low
  }

  private changes(axis: Axis['axis'], cell: number, within: (at: number) => boolean): boolean {
    const { frames, height, width } = this.shape
    const input = this.input.slice()
    for (let t = 0, i = 0; t < frames; t++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++, i += 3)
          if (within(axis === 0 ? t : axis === 1 ? y : x)) input.set(this.changed.subarray(i, i + 3), i)
    const { values } = this.run(input)
    const [, t, rows, cols, channels] = this.mapShape
    const places: CellPlace[] = this.line(axis, cell, [t, rows, cols])
    return places.some(([f, r, c]) => {
      const from = ((f * rows + r) * cols + c) * channels
      return values.subarray(from, from + channels).some((value, i) => value !== this.before[from + i])
    })
  }

  /** All cells whose place along the axis is `cell`: a cell whose units are all silent tells nothing. */
  private line(axis: Axis['axis'], cell: number, [frames, rows, cols]: CellPlace): CellPlace[] {
    const range = (n: number, along: Axis['axis']) => (along === axis ? [cell] : Array.from({ length: n }, (_, i) => i))
    return range(frames, 0).flatMap((f) =>
      range(rows, 1).flatMap((r) => range(cols, 2).map((c): CellPlace => [f, r, c])),
    )
  }

  private run(input: Float32Array): { values: Float32Array; mapShape: TapProbe['mapShape'] } {
    const { frames, height, width } = this.shape
    const map = tf.tidy(() => this.map(tf.tensor5d(input, [1, frames, height, width, 3])))
    const values = map.dataSync<'float32'>().slice()
    map.dispose()
    return { values, mapShape: map.shape }
  }
}
