import type { Grid } from '@main/learning/search/score-map'

/** A map [T, rows, cols] summed into the cells of another grid; each value goes to the cell it lies in. */
export function toCells(values: ArrayLike<number>, from: Grid, to: Grid | undefined): Float32Array | null {
  if (!to) return null
  const cells = new Float32Array(to.frames * to.rows * to.cols)
  const [long, high, wide] = [from.frames / to.frames, from.rows / to.rows, from.cols / to.cols]
  for (let t = 0; t < from.frames; t++) {
    const frame = Math.min(to.frames - 1, Math.floor(t / long))
    for (let i = 0; i < from.rows; i++) {
      const row = Math.min(to.rows - 1, Math.floor(i / high))
      for (let j = 0; j < from.cols; j++) {
        const at = (frame * to.rows + row) * to.cols + Math.min(to.cols - 1, Math.floor(j / wide))
        cells[at] = (cells[at] as number) + (values[(t * from.rows + i) * from.cols + j] as number)
      }
    }
  }
  return cells
}
