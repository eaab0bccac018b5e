import type { Frame } from '@shared/ids'

/** Frames played, both ends inclusive, and whether the end leads back to the start. */
export interface PlayRange {
  first: Frame
  last: Frame
  loop: boolean
}

/** Since when and how fast a video plays. `speed` 1 is real time, negative plays backwards. */
export interface PlayStart {
  frame: Frame
  /** ms, any clock */
  at: number
  speed: number
  /** frames per second of the video */
  fps: number
}

export const speeds = [0.1, 0.25, 0.5, 1, 2, 4] as const

/** The frame to show at `now` (ms, the same clock) and whether the end was reached; looping never ends. */
export function frameAtTime(
  start: PlayStart,
  now: number,
  { first, last, loop }: PlayRange,
): { frame: Frame; ended: boolean } {
  const moved = Math.trunc(((now - start.at) / 1000) * start.fps * start.speed)
  const frame = start.frame + moved
  const length = last - first + 1
  if (loop) return { frame: first + ((((frame - first) % length) + length) % length), ended: false }
  const isPast = start.speed < 0 ? frame < first : frame > last
  return { frame: Math.min(last, Math.max(first, frame)), ended: isPast }
}

/**
 * The next speed after L (forwards) or J (backwards): the first press plays at real time in that direction, each
 * further one doubles, up to 4 times.
 */
export function shuttled(speed: number | null, direction: 1 | -1): number {
  if (speed === null || Math.sign(speed) !== direction) return direction
  return direction * Math.min(4, Math.max(1, Math.abs(speed) * 2))
}

/** The neighbouring speed of the ladder 0.1 to 4, the end when there is none. */
export function steppedSpeed(speed: number, direction: 1 | -1): number {
  const found = direction > 0 ? speeds.find((s) => s > speed) : speeds.findLast((s) => s < speed)
  return found ?? (direction > 0 ? speeds[speeds.length - 1] : speeds[0]) ?? 1
}
