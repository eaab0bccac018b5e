import { KeyframeValue } from '@shared/geometry/track'
import { Failure } from '@shared/failures'
import { Frame, TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'

/**
 * Moves a key frame in time, onto another one if there is one. Its inverse moves it back and puts the other one there
 * again.
 */
export const moveKeyframe = defineEdit({
  kind: 'track.move-keyframe',
  change: z.object({
    track: TrackId,
    from: Frame,
    to: Frame,
    /** What `from` holds afterwards; null for nothing, as when it is moved away for the first time. */
    left: KeyframeValue.nullable(),
  }),
  label: ({ from, to }) => `Move key frame ${from} to ${to}`,
  frame: ({ to }) => to,
  touches: ({ track }) => ({ tracks: [track] }),
  apply({ tracks }, { track, from, to, left }): Edit {
    const moved = tracks.get(track).keyframes.find(({ frame }) => frame === from)
    if (!moved) throw new Failure('NOT_FOUND', { kind: 'key frame', id: `${track} at ${from}` })
    const there = tracks.keyframe(track, to)
    const { frame: _, ...value } = moved
    tracks.setKeyframe(track, to, value)
    tracks.setKeyframe(track, from, left)
    return moveKeyframe.of({ track, from: to, to: from, left: there })
  },
})
