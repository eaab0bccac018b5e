import { TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceTracks } from './replace-tracks'

/** Makes every proposed box of a track one that a person stands for. Its inverse makes them proposals again. */
export const confirmBoxes = defineEdit({
  kind: 'track.confirm',
  change: z.object({ track: TrackId }),
  label: () => 'Confirm the proposed boxes',
  touches: ({ track }) => ({ tracks: [track] }),
  apply(repositories, { track }): Edit {
    const whole = repositories.tracks.get(track)
    const keyframes = whole.keyframes.map(({ proposed: _, ...keyframe }) => keyframe)
    return replaceTracks.apply(repositories, { remove: [], put: [{ ...whole, keyframes }] })
  },
})
