import type { Grid } from '@main/learning/search/score-map'

export interface ListedTube {
  score: number
  /** [frame, row, col] */
  cells: [number, number, number][]
}

/** Every tube of a small map, by plain enumeration: too simple to be wrong. `map` is [T, rows, cols]. */
export function everyTube(map: ArrayLike<number>, { frames, rows, cols }: Grid, movement: number): ListedTube[] {
  const value = (t: number, i: number, j: number) => map[(t * rows + i) * cols + j]!
  const tubes: ListedTube[] = []
  const grow = (tube: ListedTube) => {
    tubes.push(tube)
    const [t, i, j] = tube.cells.at(-1)!
    if (t + 1 >= frames) return
    for (let a = Math.max(0, i - movement); a <= Math.min(rows - 1, i + movement); a++) {
      for (let b = Math.max(0, j - movement); b <= Math.min(cols - 1, j + movement); b++) {
        grow({ score: tube.score + value(t + 1, a, b), cells: [...tube.cells, [t + 1, a, b]] })
      }
    }
  }
  for (let t = 0; t < frames; t++)
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) grow({ score: value(t, i, j), cells: [[t, i, j]] })
  return tubes
}
