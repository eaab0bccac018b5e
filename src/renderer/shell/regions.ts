const focusable = 'a[href], button:not(:disabled), input:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** Moves the focus to the next (1) or previous (-1) region of the window: elements marked `data-region`. */
export function moveRegion(step: 1 | -1, root: ParentNode = document): void {
  const regions = [...root.querySelectorAll<HTMLElement>('[data-region]')]
  if (regions.length === 0) return
  const here = regions.findLastIndex((region) => region.contains(document.activeElement))
  const start = here < 0 ? (step > 0 ? 0 : regions.length - 1) : here + step
  const region = regions[(start + regions.length) % regions.length]
  const target = region?.querySelector<HTMLElement>(focusable) ?? region
  target?.focus()
}
