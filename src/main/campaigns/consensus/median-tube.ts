import type { Box } from '@shared/geometry/box'
import type { FrameBoxes } from '@main/campaigns/agreement/tubes'

/**
 * The median of tracks of one object: in each frame in which most of them see it, the median of each side. Of two the
 * median is their mean.
 */
export function medianFrames(tracks: readonly FrameBoxes[]): FrameBoxes {
  const frames = Math.max(0, ...tracks.map(({ length }) => length))
  return Array.from({ length: frames }, (_, frame) => {
    const boxes = tracks.flatMap((track) => track[frame] ?? [])
    return boxes.length * 2 > tracks.length ? medianBox(boxes) : null
  })
}

function medianBox(boxes: readonly Box[]): Box {
  const of = (side: (box: Box) => number) => median(boxes.map(side))
  return { x1: of(({ x1 }) => x1), y1: of(({ y1 }) => y1), x2: of(({ x2 }) => x2), y2: of(({ y2 }) => y2) }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? 0
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? high) + high) / 2
}
