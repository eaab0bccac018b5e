import { type Keyframe, boxAt } from '@shared/geometry/track'
import type { Frame } from '@shared/ids'

/**
 * The key frames of a track that ends before `frame`: every box before it stays where it was, and from it on the object
 * is outside. Empty when nothing of the track lies before.
 */
export function cutAt(keyframes: readonly Keyframe[], frame: Frame): Keyframe[] {
  const before = keyframes.filter((k) => k.frame < frame)
  const box = boxAt(keyframes, frame - 1)
  const last = before.at(-1)
  if (!box || !last) return before.some((k) => !k.outside) ? before : []
  const flags = flagsAt(before, frame)
  // The box just before the cut holds the path in place that the removed key frames gave it.
  const held =
    last.frame < frame - 1 && !sameBox(last, box) ? [{ frame: frame - 1, box, outside: false, ...flags }] : []
  return [...before, ...held, { frame, box, outside: true, ...flags }]
}

/** The key frames of a track that begins at `frame`, every box from there on where it was. Empty when there is none. */
export function startAt(keyframes: readonly Keyframe[], frame: Frame): Keyframe[] {
  const after = keyframes.filter((k) => k.frame >= frame)
  const box = boxAt(keyframes, frame)
  const begun = after[0]?.frame === frame
  const all = box && !begun ? [{ frame, box, outside: false, ...flagsAt(keyframes, frame) }, ...after] : after
  const first = all.findIndex((k) => !k.outside)
  return first < 0 ? [] : all.slice(first)
}

type Side = 'own' | 'other' | null

/**
 * One track out of two of the same object. `own` decides wherever it is visible between its key frames, `other` fills
 * the rest; where both are silent because a track simply ended, the box moves on to the next one in a straight line, and
 * where one was outside it stays outside. The hold of a last key frame to the end of the video counts as silence. Key
 * frames that a split had to make are gone.
 */
export function merge(own: readonly Keyframe[], other: readonly Keyframe[]): Keyframe[] {
  return rejoined(own, other) ?? rejoined(other, own) ?? joined(own, other)
}

/** The two pieces of a split as one: null where the first does not end because the second begins. */
function rejoined(first: readonly Keyframe[], second: readonly Keyframe[]): Keyframe[] | null {
  const [last, end, begin] = [first.at(-2), first.at(-1), second[0]]
  if (!last || !end?.outside || begin?.frame !== end.frame) return null
  // Nothing may move on the way from the last box of one to the first of the other.
  if (last.frame < end.frame - 1 && !nearBox(last.box, begin.box)) return null
  return [end.frame - 1, end.frame].reduce(withoutIdle, [...first.slice(0, -1), ...second])
}

/** Without the key frame at `frame`, where the others say the same. */
function withoutIdle(keyframes: Keyframe[], frame: Frame): Keyframe[] {
  const own = keyframes.find((k) => k.frame === frame)
  const others = keyframes.filter((k) => k !== own)
  const box = boxAt(others, frame)
  if (!own || own.outside || !box || !sameFlags(own, flagsAt(others, frame))) return keyframes
  return nearBox(own.box, box) ? others : keyframes
}

/** As `merge`, but the key frames that a split had to make stay. */
export function joined(own: readonly Keyframe[], other: readonly Keyframe[]): Keyframe[] {
  const turns = [...own, ...other].map((k) => k.frame)
  // After the last key frame of one, the other may speak at once.
  const ends = [own, other].map((keyframes) => (keyframes.at(-1)?.frame ?? -1) + 1)
  const frames = [...new Set([...turns, ...ends])].sort((a, b) => a - b)
  const merged: Keyframe[] = []
  let before: Side = null
  for (const frame of frames) {
    const side: Side = speaksAt(own, frame) ? 'own' : speaksAt(other, frame) ? 'other' : null
    const left = before && before !== side ? (before === 'own' ? own : other) : null
    const here = side === 'own' ? own : other
    if (side && left) merged.push(...heldBefore(left, frame, merged.at(-1)))
    if (side) merged.push(...stated(here, frame, side !== before))
    else if (merged.at(-1)?.outside === false) merged.push(...endings(own, other, frame))
    before = side
  }
  return merged
}

/** Visible at `frame` by a key frame there or by key frames on both sides. */
function speaksAt(keyframes: readonly Keyframe[], frame: Frame): boolean {
  const from = keyframes.findLast((k) => k.frame <= frame)
  if (!from || from.outside) return false
  return from.frame === frame || keyframes.some((k) => k.frame > frame)
}

/** The box of the track that speaks until just before `frame`, so that its last stretch keeps its path. */
function heldBefore(keyframes: readonly Keyframe[], frame: Frame, last: Keyframe | undefined): Keyframe[] {
  const at = frame - 1
  const box = boxAt(keyframes, at)
  if (!box || !last || last.frame >= at || !speaksAt(keyframes, at)) return []
  return [{ frame: at, box, outside: false, ...flagsAt(keyframes, at) }]
}

function stated(keyframes: readonly Keyframe[], frame: Frame, taking: boolean): Keyframe[] {
  const own = keyframes.find((k) => k.frame === frame)
  if (own) return [own]
  const box = boxAt(keyframes, frame)
  return taking && box ? [{ frame, box, outside: false, ...flagsAt(keyframes, frame) }] : []
}

function endings(own: readonly Keyframe[], other: readonly Keyframe[], frame: Frame): Keyframe[] {
  const ending = [...own, ...other].find((k) => k.frame === frame && k.outside)
  return ending ? [ending] : []
}

type Flags = Pick<Keyframe, 'occluded' | 'proposed'>

/** What a box between key frames takes from the one in force: a place on the way of a proposal is one too. */
function flagsAt(keyframes: readonly Keyframe[], frame: Frame): Flags {
  const { occluded = false, proposed } = keyframes.findLast((k) => k.frame <= frame) ?? {}
  return { occluded, ...(proposed && { proposed }) }
}

function sameFlags(a: Flags, b: Flags): boolean {
  return a.occluded === b.occluded && Boolean(a.proposed) === Boolean(b.proposed)
}

/** The same but for what arithmetic rounds. */
function nearBox(a: Keyframe['box'], b: Keyframe['box']): boolean {
  return (['x1', 'y1', 'x2', 'y2'] as const).every((side) => Math.abs(a[side] - b[side]) < 1e-6)
}

function sameBox({ box }: Keyframe, { x1, y1, x2, y2 }: Keyframe['box']): boolean {
  return box.x1 === x1 && box.y1 === y1 && box.x2 === x2 && box.y2 === y2
}
