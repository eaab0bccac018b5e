import { openKernels } from './kernel'
import { cellCount, type Grid, type ScoreMap } from './score-map'

/** Bytes of a WebAssembly page, and of the kernel's result in front of everything. */
const [page, head] = [65_536, 64]

/** Numbers after the end of a map that its kernels may read and write. */
export const slack = 4

/** Where a best tube ends: enough to compare tubes without tracing each. */
export interface TubeEnd {
  score: number
  frame: number
  /** row * cols + col */
  cell: number
}

/** S of one map, with zeros before its first frame and around each: [1 + T, 1 + rows + 1, stride]. */
interface Sums {
  values: Float32Array
  /** Cells from one row to the next. */
  stride: number
}

/**
 * Memory that searches reuse from map to map, with the kernels at work in it; made once per thread of work. A map that
 * lies in the space's own `room` is searched where it is, any other is copied first.
 */
export class SearchSpace {
  readonly memory = new WebAssembly.Memory({ initial: 1 })
  private readonly kernels = openKernels(this.memory)
  private grid: Grid = { frames: 0, rows: 0, cols: 0 }
  /** Numbers there is place for, in this order after the head: a map copied in, two times the sums of one map, the room. */
  private sizes = { map: 0, sums: 0, room: 0 }
  private areas: readonly Sums[] = []
  /** Sums of the next search. */
  spare: Sums = { values: new Float32Array(0), stride: 0 }
  /** Sums that the searches after `keep` have left alone; null once there was a map of another grid. */
  kept: Sums | null = null
  private scores = new Float32Array(0)
  private places = new Int32Array(0)

  /**
   * Place for so many numbers, which searches in maps of these grids leave alone. From a multiple of 16 bytes on; earlier
   * rooms become empty where this one is larger.
   */
  room(count: number, grids: readonly Grid[]): Float32Array<ArrayBuffer> {
    for (const grid of grids) this.enlarge(grid, count)
    const { map, sums } = this.sizes
    return new Float32Array(this.memory.buffer, head + 4 * (map + 2 * sums), count)
  }

  /** Fills the spare sums for a movement of one cell, and says where the largest (1) or the smallest (-1) is. */
  search(map: ScoreMap, sign: 1 | -1): TubeEnd {
    this.turnTo(map.grid)
    const { frames, rows, cols } = map.grid
    const { values, stride } = this.spare
    const vectors = stride / 4 - 1
    this.kernels[sign](this.addressOf(map), values.byteOffset, frames, rows, cols, vectors, 0)
    let [score, index] = [-Infinity, Infinity]
    for (let lane = 0; lane < 4; lane++) {
      const own = sign * (this.scores[lane] as number)
      if (own > score || (own === score && (this.places[lane] as number) < index))
        [score, index] = [own, this.places[lane] as number]
    }
    const at = score > -Infinity ? index : 0
    const row = Math.floor(at / (4 * vectors))
    return { score: sign * score, frame: Math.floor(row / rows), cell: (row % rows) * cols + (at % (4 * vectors)) }
  }

  /** Keeps the sums just written, instead of those kept before. */
  keep(): void {
    this.kept = this.spare
    this.spare = this.areas.find((area) => area !== this.kept) ?? this.spare
  }

  /** Makes ready for maps of this grid; sums of another are forgotten. */
  turnTo(grid: Grid): void {
    const { frames, rows, cols } = this.grid
    if (frames === grid.frames && rows === grid.rows && cols === grid.cols) return
    this.enlarge(grid, 0)
    this.grid = grid
    const { buffer } = this.memory
    const area = (place: number): Sums => ({
      values: new Float32Array(buffer, head + 4 * (this.sizes.map + place * this.sizes.sums), sumsOf(grid)).fill(0),
      stride: strideOf(grid),
    })
    this.spare = area(0)
    this.areas = [this.spare, area(1)]
    this.kept = null
    this.scores = new Float32Array(buffer, 0, 4)
    this.places = new Int32Array(buffer, 16, 4)
  }

  private addressOf({ values, offset, grid }: ScoreMap): number {
    const count = cellCount(grid)
    if (values.length < offset + count) throw new RangeError('the values of a map are missing, or gone with their room')
    if (values.buffer === this.memory.buffer) return values.byteOffset + 4 * offset
    new Float32Array(this.memory.buffer, head, count).set(values.subarray(offset, offset + count))
    return head
  }

  private enlarge(grid: Grid, room: number): void {
    const before = this.sizes
    this.sizes = {
      map: Math.max(before.map, wholeVectors(cellCount(grid) + slack)),
      sums: Math.max(before.sums, wholeVectors(sumsOf(grid))),
      room: Math.max(before.room, room),
    }
    const { map, sums, room: numbers } = this.sizes
    if (map === before.map && sums === before.sums && numbers === before.room) return
    const missing = Math.ceil((head + 4 * (map + 2 * sums + numbers) - this.memory.buffer.byteLength) / page)
    // Even by nothing: views of what lay elsewhere must not be used any more, and become empty.
    this.memory.grow(Math.max(0, missing))
    this.grid = { frames: 0, rows: 0, cols: 0 }
  }
}

const wholeVectors = (count: number) => Math.ceil(count / 4) * 4
const strideOf = ({ cols }: Grid) => wholeVectors(cols) + 4
const sumsOf = (grid: Grid) => (grid.frames + 1) * (grid.rows + 2) * strideOf(grid)
