import type { DataPlan } from '@shared/contract/interchange'
import { type Size, area, clip } from '@shared/geometry/box'
import { type Keyframe, KeyframeValue } from '@shared/geometry/track'
import type { RowNote } from './dataset'

/** A video's bounds. */
export interface Bounds extends Size {
  name: string
  frames: number
}

type Note = (note: RowNote, count?: number) => void

/**
 * The key frames of a file as a video can hold them: shifted and scaled as asked, in order, one per frame, none beyond
 * the video's ends, none without area. What is left out or changed is noted. Empty where nothing visible remains.
 */
export function fitTrack(
  keyframes: readonly Keyframe[],
  bounds: Bounds,
  { plan, line, note }: { plan: Pick<DataPlan, 'shift' | 'scale' | 'clip'>; line: number | null; note: Note },
): Keyframe[] {
  const say = (kind: RowNote['kind'], reason: string, count = 1) =>
    note({ kind, line, reason: `${bounds.name}: ${reason}` }, count)
  const moved = keyframes.map((keyframe) => scaled(keyframe, plan))
  const sound = moved.filter(({ frame, ...value }) => Number.isInteger(frame) && KeyframeValue.safeParse(value).success)
  const flat = sound.filter(({ box, outside }) => !outside && area(box) === 0)
  const bad = moved.length - sound.length + flat.length
  if (bad > 0) say('skipped', 'a box has no area, lies beyond a million pixels, or a number in it is none', bad)
  const inTime = within(
    sound.filter((k) => !flat.includes(k)),
    bounds,
    say,
  )
  const fitted = inTime.map((keyframe) => inPicture(keyframe, bounds, { cut: plan.clip, say }))
  return fitted.some((k) => !k.outside) ? fitted : []
}

type Say = (kind: RowNote['kind'], reason: string, count?: number) => void

function scaled(
  { frame, box, outside, occluded }: Keyframe,
  { shift, scale }: Pick<DataPlan, 'shift' | 'scale'>,
): Keyframe {
  const { x1, y1, x2, y2 } = box
  const sized = { x1: x1 * scale, y1: y1 * scale, x2: x2 * scale, y2: y2 * scale }
  return { frame: frame + shift, box: scale === 1 ? { x1, y1, x2, y2 } : sized, outside, occluded }
}

function within(keyframes: readonly Keyframe[], { frames }: Bounds, say: Say): Keyframe[] {
  // A track that ends with the video says "gone" one frame after its last: that is no fault.
  const beyond = keyframes.filter(({ frame, outside }) => frame < 0 || (outside ? frame > frames : frame >= frames))
  if (beyond.length > 0) {
    const worst = beyond.reduce((a, b) => (Math.abs(b.frame) > Math.abs(a.frame) ? b : a)).frame
    say('outOfRange', `frame ${worst} is not there, it has frames 0 to ${frames - 1}`, beyond.length)
  }
  const byFrame = new Map<number, Keyframe>()
  let twice = 0
  for (const keyframe of keyframes) {
    if (keyframe.frame < 0 || keyframe.frame >= frames) continue
    if (byFrame.has(keyframe.frame)) twice += 1
    byFrame.set(keyframe.frame, keyframe)
  }
  if (twice > 0) say('duplicate', 'a track has two boxes in one frame; the later one counts', twice)
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame)
}

function inPicture(keyframe: Keyframe, bounds: Bounds, { cut, say }: { cut: boolean; say: Say }): Keyframe {
  const { box } = keyframe
  if (keyframe.outside || isWithin(keyframe, bounds)) return keyframe
  const inside = clip(box, bounds)
  if (area(inside) === 0) {
    say('outOfRange', `a box lies wholly outside the picture of ${bounds.width} x ${bounds.height}`)
    return cut ? { ...keyframe, outside: true } : keyframe
  }
  if (!cut) return keyframe
  say('clamped', `a box reached beyond the picture of ${bounds.width} x ${bounds.height}`)
  return { ...keyframe, box: inside }
}

function isWithin({ box: { x1, y1, x2, y2 } }: Keyframe, { width, height }: Size): boolean {
  return x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height
}
