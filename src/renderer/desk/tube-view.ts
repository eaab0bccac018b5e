import { type Box, iou } from '@shared/geometry/box'
import type { Tube } from '@shared/geometry/tube'
import type { Frame } from '@shared/ids'

/**
 * The box of a tube at any frame of the video. A tube has a box at sampled frames only; a frame between shows that of
 * the nearest sampled one, the earlier of two; outside the clip there is none.
 * @param sampled source frames of the clip, as the model saw them; may repeat in short videos
 */
export function tubeBoxAt(tube: Tube, sampled: readonly Frame[], frame: Frame): Box | null {
  const nearest = nearestSampled(sampled, frame)
  return nearest === null ? null : (tube.find((part) => part.frame === nearest)?.box ?? null)
}

/** The sampled frame nearest to a frame of the clip; null outside it. */
export function nearestSampled(sampled: readonly Frame[], frame: Frame): Frame | null {
  if (sampled.length === 0 || frame < Math.min(...sampled) || frame > Math.max(...sampled)) return null
  return sampled.reduce((best, other) => {
    const [a, b] = [Math.abs(best - frame), Math.abs(other - frame)]
    return b < a || (b === a && other < best) ? other : best
  })
}

/** First and last frame of a tube, both inclusive; null for an empty one. */
export function tubeSpan(tube: Tube): { from: Frame; to: Frame } | null {
  if (tube.length === 0) return null
  const frames = tube.map((part) => part.frame)
  return { from: Math.min(...frames), to: Math.max(...frames) }
}

/** Frames for the strip of a card: spread evenly over the clip, its first and last included. */
export function stripFrames(sampled: readonly Frame[], count: number): Frame[] {
  const frames = [...new Set(sampled)].sort((a, b) => a - b)
  if (frames.length <= count) return frames
  return Array.from({ length: count }, (_, i) => frames[Math.round((i * (frames.length - 1)) / (count - 1))] ?? 0)
}

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
