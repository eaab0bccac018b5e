import { Frame, TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { cutAt } from './track-surgery'
import { replaceTracks } from './replace-tracks'

/** Ends a track before a frame: the object is outside from there. Its inverse puts the track back as it was. */
export const cutTrack = defineEdit({
  kind: 'track.cut',
  change: z.object({ track: TrackId, frame: Frame }),
  label: ({ frame }) => `End the track at frame ${frame}`,
  frame: ({ frame }) => frame,
  touches: ({ track }) => ({ tracks: [track] }),
  apply(repositories, { track, frame }): Edit {
    const whole = repositories.tracks.get(track)
    const keyframes = cutAt(whole.keyframes, frame)
    const change = keyframes.length > 0 ? { remove: [], put: [{ ...whole, keyframes }] } : { remove: [track], put: [] }
    return replaceTracks.apply(repositories, change)
  },
})
