import { confirmedOnly } from '@shared/geometry/track'
import { TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceTracks } from './replace-tracks'

/** Takes every proposed box of a track away; a track of nothing else goes with them. Its inverse puts them back. */
export const rejectBoxes = defineEdit({
  kind: 'track.reject',
  change: z.object({ track: TrackId }),
  label: () => 'Reject the proposed boxes',
  touches: ({ track }) => ({ tracks: [track] }),
  apply(repositories, { track }): Edit {
    const whole = repositories.tracks.get(track)
    const keyframes = confirmedOnly(whole.keyframes)
    const change = keyframes.length > 0 ? { remove: [], put: [{ ...whole, keyframes }] } : { remove: [track], put: [] }
    return replaceTracks.apply(repositories, change)
  },
})
