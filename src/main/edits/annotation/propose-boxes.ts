import { Keyframe } from '@shared/geometry/track'
import { Frame, TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceTracks } from './replace-tracks'

/**
 * Puts boxes that a tracker found into a track, as proposals, in the place of what it proposed there before; what a
 * person set stays. Its inverse puts the track back as it was.
 */
export const proposeBoxes = defineEdit({
  kind: 'track.propose',
  change: z.object({
    track: TrackId,
    keyframes: z.array(Keyframe).min(1),
    /** The last frame that was looked at: what was proposed up to there before goes. */
    until: Frame,
  }),
  label: ({ keyframes }) => `Propose boxes up to frame ${keyframes.at(-1)?.frame ?? 0}`,
  frame: ({ keyframes }): Frame | null => keyframes[0]?.frame ?? null,
  touches: ({ track }) => ({ tracks: [track] }),
  apply(repositories, { track, keyframes, until }): Edit {
    const whole = repositories.tracks.get(track)
    const from = keyframes[0]?.frame ?? 0
    const kept = whole.keyframes.filter(({ frame, proposed }) => !proposed || frame < from || frame > until)
    const taken = new Set(kept.map(({ frame }) => frame))
    const proposals = keyframes.flatMap((k) => (taken.has(k.frame) ? [] : [{ ...k, proposed: true }]))
    const all = [...kept, ...proposals].sort((a, b) => a.frame - b.frame)
    return replaceTracks.apply(repositories, { remove: [], put: [{ ...whole, keyframes: all }] })
  },
})
