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
  return keyframesInOrder(
    [...byFrame.values()].sort((a, b) => a.frame - b.frame),
    end,
  )
}

/** The same for boxes in rising order, one a frame: they are looked at one by one, so that none need be kept. */
export function keyframesInOrder(boxes: Iterable<DenseBox>, end: number | null = null): Keyframe[] {
  const keyframes: Keyframe[] = []
  const keep = ({ frame, box, occluded }: DenseBox) => void keyframes.push({ frame, box, outside: false, occluded })
  const hide = ({ frame, box, occluded }: DenseBox) =>
    void keyframes.push({ frame: frame + 1, box, outside: true, occluded })
  let last: DenseBox | null = null
  let reach: Reach | null = null
  for (const one of boxes) {
    const goesOn = last !== null && one.frame === last.frame + 1
    if (last && reach && goesOn) {
      // A box that no line from the one kept before it comes near is kept itself, and the next line begins there.
      if (last !== reach.from) reach.pass(last)
      if (!reach.holds(one)) {
        keep(last)
        reach = new Reach(last)
      }
    } else {
      if (last && reach && last !== reach.from) keep(last)
      if (last) hide(last)
      keep(one)
      reach = new Reach(one)
    }
    last = one
  }
  if (last && reach && last !== reach.from) keep(last)
  if (last && end !== null && last.frame + 1 < end) hide(last)
  return keyframes
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
  let before: { frame: number; tracks: DenseBox[][] } = { frame: Number.NaN, tracks: [] }
  for (const [frame, here] of [...Map.groupBy(boxes, (box) => box.frame)].sort(([a], [b]) => a - b)) {
    const open = new Set(before.frame === frame - 1 ? before.tracks : [])
    before = { frame, tracks: [] }
    for (const box of here) {
      const best = [...open]
        .map((track) => ({ track, overlap: iou((track.at(-1) as DenseBox).box, box.box) }))
        .sort((a, b) => b.overlap - a.overlap)[0]
      const goesOn = best && best.overlap >= least ? best.track : null
      const track = goesOn ?? []
      track.push(box)
      before.tracks.push(track)
      if (goesOn) open.delete(goesOn)
      else tracks.push(track)
    }
  }
  return tracks
}

const sides = ['x1', 'y1', 'x2', 'y2'] as const

/**
 * The lines from one box on that come near enough to every box passed so far, as a span of slopes for each side: whether
 * a later box may end such a line is then known without looking at those between again.
 */
class Reach {
  private readonly low = [-Infinity, -Infinity, -Infinity, -Infinity]
  private readonly high = [Infinity, Infinity, Infinity, Infinity]
  private isBroken = false

  constructor(readonly from: DenseBox) {}

  /** A box that would be left out. */
  pass({ frame, box, occluded }: DenseBox): void {
    this.isBroken ||= occluded !== this.from.occluded
    for (const [i, side] of sides.entries()) {
      const [rise, run] = [box[side] - this.from.box[side], frame - this.from.frame]
      this.low[i] = Math.max(this.low[i] as number, (rise - tolerance) / run)
      this.high[i] = Math.min(this.high[i] as number, (rise + tolerance) / run)
    }
  }

  /** Whether a line may end here. */
  holds({ frame, box }: DenseBox): boolean {
    if (this.isBroken) return false
    return sides.every((side, i) => {
      const slope = (box[side] - this.from.box[side]) / (frame - this.from.frame)
      return slope >= (this.low[i] as number) && slope <= (this.high[i] as number)
    })
  }
}
