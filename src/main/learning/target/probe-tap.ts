import { random } from '@main/learning/random'
import type { InputShape } from './network'
import type { NumberArray, TapGeometry } from './target-classifier'

/** One clip [T, H, W, 3] to its feature map [1, T', rows, cols, d]. */
export type FeatureMap = (clip: Float32Array) => Promise<NumberArray>

/** Cells of a map, in the order of its axes: frame, row, column. */
type CellPlace = readonly [number, number, number]

/**
 * Where the cells of a map lie, found by experiment, for networks of which nothing else is known. What the first cell of
 * an axis sees ends at some pixel, what the last one sees begins at some pixel; both are found by changing all input up
 * to a pixel and looking whether the cell changes. The two ends give offset and receptive field of evenly spaced cells,
 * up to receptive fields of nearly twice the picture. Above that the cells are taken as centred and as seeing it all.
 * Costs some dozens of forward passes, few where cells see everything.
 */
export async function probeTap(name: string, map: FeatureMap, shape: InputShape): Promise<TapGeometry> {
  const probe = await TapProbe.begin(map, shape)
  const [, frames, rows, cols, channels] = probe.mapShape
  const x = await spacing(probe, { axis: 2, cells: cols, side: shape.width })
  const y = await spacing(probe, { axis: 1, cells: rows, side: shape.height })
  const time = await spacing(probe, { axis: 0, cells: frames, side: shape.frames })
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
    ...(frames === shape.frames ? {} : { time: { frames, stride: time.stride, offset: time.offset } }),
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

async function spacing(probe: TapProbe, { axis, cells, side }: Axis): Promise<Spacing> {
  const whole = { stride: side / cells, offset: 0, field: side }
  const end = await probe.end(axis, 0)
  // It sees everything, and its place cannot be told from that.
  if (end >= side) return whole
  const begin = await probe.begin(axis, cells - 1)
  if (begin <= 0) return whole
  const next = cells > 1 ? await probe.end(axis, 1) : side
  const stride = cells > 1 && next < side ? next - end : side / cells
  return { stride, offset: (end + begin - cells * stride) / 2, field: end - begin + (cells - 1) * stride }
}

class TapProbe {
  private constructor(
    private readonly map: FeatureMap,
    private readonly shape: InputShape,
    /** Two clips of noise: one to look at, one whose parts replace its own. */
    private readonly clips: { input: Float32Array; changed: Float32Array },
    private readonly before: NumberArray,
  ) {}

  static async begin(map: FeatureMap, shape: InputShape): Promise<TapProbe> {
    const { frames, height, width } = shape
    const stream = random(17)
    const noise = () => Float32Array.from({ length: frames * height * width * 3 }, () => stream.normal() * 3)
    const clips = { input: noise(), changed: noise() }
    return new TapProbe(map, shape, clips, await map(clips.input))
  }

  get mapShape(): readonly [number, number, number, number, number] {
    const [b = 1, t = 1, rows = 1, cols = 1, channels = 1] = this.before.shape
    return [b, t, rows, cols, channels]
  }

  /** First input place along the axis that the middle cell at `cell` does not see any more. */
  async end(axis: Axis['axis'], cell: number): Promise<number> {
    // What lies from `place` on is changed: the cell changes as long as it sees any of it.
    const side = this.side(axis)
    if (await this.changes(axis, cell, (at) => at >= side - 1)) return side
    return this.bisect(async (place) => !(await this.changes(axis, cell, (at) => at >= place)), axis)
  }

  /** First input place along the axis that the cell sees. */
  async begin(axis: Axis['axis'], cell: number): Promise<number> {
    if (await this.changes(axis, cell, (at) => at < 1)) return 0
    return (await this.bisect((place) => this.changes(axis, cell, (at) => at < place), axis)) - 1
  }

  private side(axis: Axis['axis']): number {
    const { frames, height, width } = this.shape
    return [frames, height, width][axis] ?? 0
  }

  /** Smallest place in [0, side] for which a condition that stays true holds; side + 1 where it never does. */
  private async bisect(holds: (place: number) => Promise<boolean>, axis: Axis['axis']): Promise<number> {
    let [low, high] = [0, this.side(axis)]
    if (!(await holds(high))) return high + 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (await holds(middle)) high = middle
      else low = middle + 1
    }
    return low
  }

  private async changes(axis: Axis['axis'], cell: number, within: (at: number) => boolean): Promise<boolean> {
    const { frames, height, width } = this.shape
    const input = this.clips.input.slice()
    for (let t = 0, i = 0; t < frames; t++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++, i += 3)
          if (within(axis === 0 ? t : axis === 1 ? y : x)) input.set(this.clips.changed.subarray(i, i + 3), i)
    const { values } = await this.map(input)
    const [, t, rows, cols, channels] = this.mapShape
    const places: CellPlace[] = this.line(axis, cell, [t, rows, cols])
    return places.some(([f, r, c]) => {
      const from = ((f * rows + r) * cols + c) * channels
      return values.subarray(from, from + channels).some((value, i) => value !== this.before.values[from + i])
    })
  }

  /** All cells whose place along the axis is `cell`: a cell whose units are all silent tells nothing. */
  private line(axis: Axis['axis'], cell: number, [frames, rows, cols]: CellPlace): CellPlace[] {
    const range = (n: number, along: Axis['axis']) => (along === axis ? [cell] : Array.from({ length: n }, (_, i) => i))
    return range(frames, 0).flatMap((f) =>
      range(rows, 1).flatMap((r) => range(cols, 2).map((c): CellPlace => [f, r, c])),
    )
  }
}
