import { TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { merge } from './track-surgery'
import { replaceTracks } from './replace-tracks'

/** Joins a track into another of the same object. Its inverse puts both back as they were. */
export const mergeTracks = defineEdit({
  kind: 'track.merge',
  change: z.object({ track: TrackId, with: TrackId }),
  label: () => 'Merge two tracks',
  touches: ({ track, with: other }) => ({ tracks: [track, other] }),
  apply(repositories, { track, with: other }): Edit {
    const { tracks } = repositories
    const whole = tracks.get(track)
    const keyframes = merge(whole.keyframes, tracks.get(other).keyframes)
    return replaceTracks.apply(repositories, { remove: [other], put: [{ ...whole, keyframes }] })
  },
})
