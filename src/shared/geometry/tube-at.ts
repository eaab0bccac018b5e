import type { Box } from './box'
import type { Tube } from './tube'
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
