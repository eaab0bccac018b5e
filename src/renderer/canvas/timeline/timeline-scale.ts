import type { Frame } from '@shared/ids'

/** Share of the lane, 0 to 1, at which a frame stands: the first at 0, the last at 1. */
export function placeOf(frame: Frame, frames: number): number {
  return frames > 1 ? frame / (frames - 1) : 0
}

/** The frame nearest to a share of the lane; shares outside mean the ends. */
export function frameAtPlace(share: number, frames: number): Frame {
  return Math.round(Math.min(1, Math.max(0, share)) * Math.max(0, frames - 1))
}

const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

/** Frames with a number above the lane: a round step, `room` CSS pixels or more apart, and 0. */
export function ticksOf(frames: number, width: number, room = 56): Frame[] {
  const wanted = (room * Math.max(1, frames - 1)) / Math.max(1, width)
  const step = steps.find((step) => step >= wanted) ?? frames
  return Array.from({ length: Math.floor(Math.max(0, frames - 1) / step) + 1 }, (_, i) => i * step)
}
