import type { Frame } from '@shared/ids'

/** How clips are taken from a video. */
export interface WindowShape {
  /** Pictures the video has, at least 1. */
  frames: number
  /** Sampled pictures in a clip. */
  length: number
  /** Source pictures from one sampled picture to the next. */
  stride: number
  /** How a video that is shorter than a clip is filled: there and back again, or from the start again. */
  short: 'reflect' | 'loop'
}

/** Starts a window may have: 0 to this; 0 alone for a video that is shorter than a clip. */
export function lastStart({ frames, length, stride }: WindowShape): number {
  return Math.max(0, frames - ((length - 1) * stride + 1))
}

/** Ordinals of the window from `start`. Rising, except where a short video is reflected or looped. */
export function stridedWindow(shape: WindowShape, start: number): Frame[] {
  return Array.from({ length: shape.length }, (_, i) => within(start + i * shape.stride, shape))
}

/** `count` windows spread evenly from the first possible start to the last; a single one stands in the middle. */
export function uniformWindows(shape: WindowShape, count: number): Frame[][] {
  const last = lastStart(shape)
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0.5 : i / (count - 1)
    return stridedWindow(shape, Math.round(share * last))
  })
}

/** Pictures that are sampled of a whole video; those of one clip where it is no longer than that. */
export function sampledFrames(shape: WindowShape): Frame[] {
  const count = Math.floor((shape.frames - 1) / shape.stride) + 1
  if (count <= shape.length) return stridedWindow(shape, 0)
  return Array.from({ length: count }, (_, i) => i * shape.stride)
}

/**
 * Windows over a whole video that overlap by half, the last one at its end.
 * @returns where each begins, counted in `sampledFrames`, in rising order
 */
export function coveringWindows(shape: WindowShape): { start: number; frames: Frame[] }[] {
  const sampled = sampledFrames(shape)
  const last = sampled.length - shape.length
  const step = Math.max(1, Math.floor(shape.length / 2))
  const starts = Array.from({ length: Math.ceil(last / step) }, (_, i) => i * step)
  return [...starts, last].map((start) => ({ start, frames: sampled.slice(start, start + shape.length) }))
}

/** One window with every possible start equally likely. `random`: 0 (included) to 1 (not included). */
export function randomWindow(shape: WindowShape, random: () => number): Frame[] {
  return stridedWindow(shape, Math.floor(random() * (lastStart(shape) + 1)))
}

function within(position: number, { frames, short }: WindowShape): Frame {
  if (position < frames) return position
  if (short === 'loop') return position % frames
  const period = Math.max(1, 2 * (frames - 1))
  const at = position % period
  return at < frames ? at : period - at
}
