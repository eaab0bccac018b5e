import { TrackId } from '@shared/ids'
import { defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceTracks } from './replace-tracks'

/** Removes a whole track. Its inverse puts it back with every key frame. */
export const removeTrack = defineEdit({
  kind: 'track.remove',
  change: z.object({ track: TrackId }),
  label: ({ track }, { tracks, attributes }) => {
    const { attribute } = tracks.get(track)
    return `Remove the track of ${attribute ? attributes.get(attribute).name : 'an actor'}`
  },
  touches: ({ track }) => ({ tracks: [track] }),
  apply: (repositories, { track }) => replaceTracks.apply(repositories, { remove: [track], put: [] }),
})
