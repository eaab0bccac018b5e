import { type Box, iou } from '@shared/geometry/box'

/** Overlap of the tube with people's boxes in one frame; null where one of them has none. */
export function overlapAt(box: Box | null, truth: readonly Box[]): number | null {
  if (!box || truth.length === 0) return null
  return Math.max(...truth.map((other) => iou(box, other)))
}

/** Where a score bar begins and ends, in shares of its length; zero stands at a quarter. */
export function scoreBar(value: number, largest: number): { from: number; to: number } {
  const to = scorePlace(value, largest)
  return { from: Math.min(scoreZero, to), to: Math.max(scoreZero, to) }
}

const scoreZero = 0.25

/** Where a number stands on a score bar, as a share of its length. */
export function scorePlace(value: number, largest: number): number {
  const scale = largest > 0 ? value / largest : 0
  return Math.min(1, Math.max(0, scoreZero + scale * (scale >= 0 ? 1 - scoreZero : scoreZero * 3)))
}

/** ".46": as the field writes overlaps and shares; "1.00" when it is one. */
export function share(value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–'
  const text = Math.abs(value).toFixed(2)
  return `${value < 0 && Number(text) !== 0 ? '−' : ''}${text.startsWith('0') ? text.slice(1) : text}`
}
