/** Cells of a feature map: T frames of rows x cols. */
export interface Grid {
  frames: number
  rows: number
  cols: number
}

/** Scores of one attribute, pair, tap and shape: [T, rows, cols] row-major, from `offset` of `values`. */
export interface ScoreMap {
  grid: Grid
  values: Float32Array
  offset: number
  /** Which tap (scale) and which of the four shapes, for the order of ties and for drawing. */
  tap: number
  shape: number
}

/** One cell of a tube. */
export interface Cell {
  frame: number
  row: number
  col: number
  tap: number
  shape: number
}

/** A tube: at most one cell per frame, contiguous in time, moving at most `movement` cells per frame. */
export interface CellTube {
  /** Sum of the cells' scores, before any ReLU. */
  score: number
  cells: readonly Cell[]
}

export function cellCount({ frames, rows, cols }: Grid): number {
  return frames * rows * cols
}
