import { Frame, TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { cutAt, startAt } from './track-surgery'
import { replaceTracks } from './replace-tracks'

/** Makes two tracks of one, the second from `frame` on; no box moves. Its inverse puts the one back. */
export const splitTrack = defineEdit({
  kind: 'track.split',
  change: z.object({ track: TrackId, frame: Frame, second: TrackId }),
  label: ({ frame }) => `Split the track at frame ${frame}`,
  frame: ({ frame }) => frame,
  touches: ({ track, second }) => ({ tracks: [track, second] }),
  apply(repositories, { track, frame, second }): Edit {
    const whole = repositories.tracks.get(track)
    const first = { ...whole, keyframes: cutAt(whole.keyframes, frame) }
    const rest = { ...whole, id: second, keyframes: startAt(whole.keyframes, frame) }
    return replaceTracks.apply(repositories, { remove: [], put: [first, rest] })
  },
})
