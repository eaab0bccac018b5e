import type { KnownVideo } from '@main/interchange/format'

/**
 * The frame that is shown at a time, by the video's own frame table, with half a frame of tolerance: times are often
 * rounded to milliseconds, and `floor(t x fps)` then hits the wrong frame for a third of all frames.
 * @param seconds from the start of the video
 * @returns ordinal from 0; null where the time lies outside the video
 */
export function frameAt(seconds: number, video: KnownVideo): number | null {
  const times = video.timestampsMs()
  const first = times.find((time) => time !== null) ?? 0
  const wanted = seconds * 1000
  let best: { frame: number; off: number } | null = null
  for (const [frame, time] of times.entries()) {
    const at = time === null ? (frame * 1000) / video.fps : time - first
    const off = Math.abs(at - wanted)
    if (!best || off < best.off) best = { frame, off }
  }
  return best && best.off <= 500 / video.fps + 1 ? best.frame : null
}

/** When a frame is shown, in seconds from the first, rounded to milliseconds. */
export function secondsOf(frame: number, video: KnownVideo): number {
  const times = video.timestampsMs()
  const first = times.find((time) => time !== null) ?? 0
  const time = times[frame]
  const ms = time === null || time === undefined ? (frame * 1000) / video.fps : time - first
  return Math.round(ms) / 1000
}
