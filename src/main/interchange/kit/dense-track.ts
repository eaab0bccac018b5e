import { type Box, iou, mix } from '@shared/geometry/box'
import type { Keyframe } from '@shared/geometry/track'

/** An object in one frame. */
export interface DenseBox {
  frame: number
  box: Box
  occluded: boolean
}

/** A frame of a track as tools without interpolation hold it. */
export interface ShownBox extends DenseBox {
  /** A person set it; the others lie between. */
  isKeyframe: boolean
}

/** The same, and where the object is gone. */
interface WrittenBox extends ShownBox {
  outside: boolean
}

/** How far an interpolated box may be from the one it stands for, px: below what any format here writes. */
const tolerance = 0.005

/**
 * Key frames for boxes that were given frame by frame: a missing frame hides the object, and boxes that lie on the line
 * between their neighbours are left out, so that a film of a thousand frames does not become a thousand key frames.
 * @param boxes in any order; of two in one frame the later one counts
 * @param end frame before which the object is gone, if the last box is not the end of the video; null where it holds on
 */
export function keyframesOf(boxes: readonly DenseBox[], end: number | null = null): Keyframe[] {
  const byFrame = new Map(boxes.map((one) => [one.frame, one]))
  const sorted = [...byFrame.values()].sort((a, b) => a.frame - b.frame)
  return runsOf(sorted).flatMap((run) => {
    const last = run.at(-1) as DenseBox
    const gone = last.frame + 1
    const kept = reduced(run).map(({ frame, box, occluded }) => ({ frame, box, outside: false, occluded }))
    const holds = last === sorted.at(-1) && (end === null || gone >= end)
    return holds ? kept : [...kept, { frame: gone, box: last.box, outside: true, occluded: last.occluded }]
  })
}

/** Every visible frame of a track in a video of `frames` pictures, with what a person set marked. */
export function* shownFrames(keyframes: readonly Keyframe[], frames: number): Generator<ShownBox> {
  for (const [i, here] of keyframes.entries()) if (!here.outside) yield* untilNext(here, keyframes[i + 1], frames)
}

/** Every visible frame of a track, and the key frames that hide it: what tools hold that write all they show. */
export function* everyFrame(keyframes: readonly Keyframe[], frames: number): Generator<WrittenBox> {
  for (const [i, here] of keyframes.entries()) {
    if (here.frame >= frames) return
    if (here.outside) yield { ...here, isKeyframe: true }
    else for (const shown of untilNext(here, keyframes[i + 1], frames)) yield { ...shown, outside: false }
  }
}

/** The frames that a visible key frame speaks for. */
function* untilNext(here: Keyframe, next: Keyframe | undefined, frames: number): Generator<ShownBox> {
  const end = Math.min(next?.frame ?? frames, frames)
  for (let frame = here.frame; frame < end; frame++) {
    const share = next && !next.outside ? (frame - here.frame) / (next.frame - here.frame) : 0
    const box = next && share > 0 ? mix(here.box, next.box, share) : here.box
    yield { frame, box, occluded: here.occluded, isKeyframe: frame === here.frame }
  }
}

/**
 * Joins boxes without an identity into objects: each box goes on with the object of the frame before that it covers most.
 * @param least the smallest overlap (IoU) that makes two boxes one object
 */
export function linked(boxes: readonly DenseBox[], least = 0.3): DenseBox[][] {
  const tracks: DenseBox[][] = []
  for (const [, here] of [...Map.groupBy(boxes, ({ frame }) => frame)].sort(([a], [b]) => a - b)) {
    const open = new Set(tracks.filter((track) => (track.at(-1)?.frame ?? -2) === (here[0]?.frame ?? 0) - 1))
    for (const box of here) {
      const best = [...open]
        .map((track) => ({ track, overlap: iou((track.at(-1) as DenseBox).box, box.box) }))
        .sort((a, b) => b.overlap - a.overlap)[0]
      if (best && best.overlap >= least) {
        best.track.push(box)
        open.delete(best.track)
      } else tracks.push([box])
    }
  }
  return tracks
}

/** Frames that follow one another. */
function runsOf(sorted: readonly DenseBox[]): DenseBox[][] {
  const runs: DenseBox[][] = []
  for (const one of sorted) {
    const run = runs.at(-1)
    if (run && run.at(-1)?.frame === one.frame - 1) run.push(one)
    else runs.push([one])
  }
  return runs
}

/** The first, the last, and what does not lie on a line between two that are kept. */
function reduced(run: readonly DenseBox[]): DenseBox[] {
  const kept: DenseBox[] = []
  let from = 0
  while (from < run.length) {
    kept.push(run[from] as DenseBox)
    if (from === run.length - 1) break
    let to = from + 1
    while (to + 1 < run.length && isStraight(run, from, to + 1)) to++
    from = to
  }
  return kept
}

function isStraight(run: readonly DenseBox[], from: number, to: number): boolean {
  const [a, b] = [run[from] as DenseBox, run[to] as DenseBox]
  for (let i = from + 1; i < to; i++) {
    const one = run[i] as DenseBox
    if (one.occluded !== a.occluded) return false
    const share = (one.frame - a.frame) / (b.frame - a.frame)
    const off = (['x1', 'y1', 'x2', 'y2'] as const).some(
      (side) => Math.abs(a.box[side] + (b.box[side] - a.box[side]) * share - one.box[side]) > tolerance,
    )
    if (off) return false
  }
  return true
}
