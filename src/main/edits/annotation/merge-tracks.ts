import { TrackId } from '@shared/ids'
import { type Edit, defineEdit, older } from '@main/store/history/edit'
import { z } from 'zod'
import { joined, merge } from './track-surgery'
import { replaceTracks } from './replace-tracks'

const both = { track: TrackId, with: TrackId }

/** Joins a track into another of the same object. Its inverse puts both back as they were. */
export const mergeTracks = defineEdit({
  kind: 'track.merge',
  /** `rejoins`: the key frames that a split had to make go with it. */
  change: z.object({ ...both, rejoins: z.boolean().default(true) }),
  // Merges of the first form kept those key frames, and are done again as they were.
  older: [older(z.object(both), (change) => ({ ...change, rejoins: false }))],
  label: () => 'Merge two tracks',
  touches: ({ track, with: other }) => ({ tracks: [track, other] }),
  apply(repositories, { track, with: other, rejoins }): Edit {
    const { tracks } = repositories
    const whole = tracks.get(track)
    const keyframes = (rejoins ? merge : joined)(whole.keyframes, tracks.get(other).keyframes)
    return replaceTracks.apply(repositories, { remove: [other], put: [{ ...whole, keyframes }] })
  },
})
