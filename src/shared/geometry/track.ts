import { z } from 'zod'
import { Frame } from '@shared/ids'
import { BoundedBox, Box, mix } from './box'

/** What a person set at one frame of a track. `outside` hides the object from here to the next key frame. */
export const KeyframeValue = z.object({
  box: BoundedBox,
  outside: z.boolean().default(false),
  occluded: z.boolean().default(false),
  /** A tracker found it, and nobody has confirmed it yet: it is shown, and counts for nothing. */
  proposed: z.boolean().optional(),
})
export type KeyframeValue = z.infer<typeof KeyframeValue>

export const Keyframe = KeyframeValue.extend({ box: Box, frame: Frame })
export type Keyframe = z.infer<typeof Keyframe>

/**
 * The box of a track at any frame, linear between key frames. Before its first key frame the object is not there yet;
 * an `outside` key frame hides it until the next one; the last one holds to the end (CVAT's rule).
 * @param keyframes in rising order of frame, one per frame at most
 * @param frame ordinal from 0, never time x fps
 * @returns source pixels of the displayed picture, or null where the object is not visible
 */
export function boxAt(keyframes: readonly Keyframe[], frame: Frame): Box | null {
  const from = keyframes.findLast((k) => k.frame <= frame)
  if (!from || from.outside) return null
  const to = keyframes.find((k) => k.frame > frame)
  if (!to || to.outside) return from.box
  return mix(from.box, to.box, (frame - from.frame) / (to.frame - from.frame))
}

/** What people stand for of a track, without what is only proposed; empty where nothing visible is left. */
export function confirmedOnly<K extends Keyframe>(keyframes: readonly K[]): K[] {
  const own = keyframes.filter(({ proposed }) => !proposed)
  return own.some(({ outside }) => !outside) ? own : []
}

/** Spans of frames, both ends inclusive, in which the object is visible in a video of `frames` pictures. */
export function visibleSpans(keyframes: readonly Keyframe[], frames: number): { from: Frame; to: Frame }[] {
  return keyframes
    .flatMap((k, i) => {
      if (k.outside) return []
      const to = (keyframes[i + 1]?.frame ?? frames) - 1
      return to >= k.frame ? [{ from: k.frame, to }] : []
    })
    .reduce<{ from: Frame; to: Frame }[]>((spans, span) => {
      const last = spans.at(-1)
      if (last && last.to + 1 === span.from) last.to = span.to
      else spans.push({ ...span })
      return spans
    }, [])
}
