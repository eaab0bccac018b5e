import { shapes } from '@main/learning/search/shapes'

/**
 * How much of a 3x3 kernel's centre C, left+right H, up+down V and corners K goes into each shape: the outer product of
 * its 1-D overlaps (2 cells: 1/2, 1, 1/2; 3 cells: 1, 1, 1), divided by its sum (Kanehira et al. 2019, Figure 4).
 * Rows: shapes 2x2, 2x3, 3x2, 3x3 (rows x columns). Columns: C, H, V, K.
 */
export const groupWeights: readonly (readonly [number, number, number, number])[] = shapes.map(({ rows, cols }) => {
  const side = cols === 2 ? 0.5 : 1
  const end = rows === 2 ? 0.5 : 1
  const sum = rows * cols
  return [1 / sum, side / sum, end / sum, (side * end) / sum]
})

/** Group (C, H, V, K) of each of the nine kernel cells, row-major. */
export const groupOfCell = [3, 2, 3, 1, 0, 1, 3, 2, 3] as const

/** Weight of each kernel cell in each shape: [4][9]. */
export const cellWeights: readonly Float32Array[] = groupWeights.map((weights) =>
  Float32Array.from(groupOfCell, (group) => weights[group] ?? 0),
)
