/** Rows and columns, in cells, of the four shapes a tube's cell can stand for. */
export const shapes = [
  { rows: 2, cols: 2 },
  { rows: 2, cols: 3 },
  { rows: 3, cols: 2 },
  { rows: 3, cols: 3 },
] as const
