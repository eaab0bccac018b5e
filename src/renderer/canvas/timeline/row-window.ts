/** CSS pixels from the top of one row of the timeline to the next. */
export const rowHeight = 28

/** Rows kept above and below what is seen, so that a turn of the wheel finds them there. */
const spare = 6

/** Which rows of `total` need to stand in a list scrolled down by `top` that is `height` high; `to` is exclusive. */
export function rowsInView(
  total: number,
  { top, height }: { top: number; height: number },
): {
  from: number
  to: number
} {
  const first = Math.floor(top / rowHeight) - spare
  const last = Math.ceil((top + height) / rowHeight) + spare
  const to = Math.min(total, Math.max(0, last))
  return { from: Math.min(to, Math.max(0, first)), to }
}

/** How far the list is to be scrolled for a row to be seen whole; where it stands if it is. */
export function scrollTo(row: number, { top, height }: { top: number; height: number }): number {
  const from = row * rowHeight
  if (from < top) return from
  return Math.max(top, from + rowHeight - height)
}
