import type { Frame } from '@shared/ids'

/** From which frame to which something is seen, both inclusive. */
export interface SpanBar {
  id: string
  from: Frame
  to: Frame
}

/** The spans of one attribute as the timeline shows them. */
export interface SpanRow {
  id: string
  name: string
  slot: number | null
  spans: readonly SpanBar[]
  /** Somebody else who marked them: they are looked at, and neither chosen nor moved. */
  by?: string | null
}

/** What of a bar is held: one of its ends, or all of it. */
export type SpanGrip = 'from' | 'to' | 'whole'

export interface SpanPull {
  grip: SpanGrip
  /** The frame under the pointer when it took hold. */
  held: Frame
  /** The frame under the pointer now. */
  at: Frame
}

/** Where a bar that is pulled stands: an end goes no further than the other one, and the whole keeps its length. */
export function pulledSpan(
  { from, to }: Pick<SpanBar, 'from' | 'to'>,
  { grip, held, at }: SpanPull,
  frames: number,
): { from: Frame; to: Frame } {
  const last = frames - 1
  if (grip === 'from') return { from: clamp(from + at - held, 0, to), to }
  if (grip === 'to') return { from, to: clamp(to + at - held, from, last) }
  const by = clamp(at - held, -from, last - to)
  return { from: from + by, to: to + by }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
