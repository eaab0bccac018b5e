import { AttributeId, TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceTracks } from './replace-tracks'

/** Says that a track boxes another attribute; boxes and flags stay. */
export const setTrackAttribute = defineEdit({
  kind: 'track.set-attribute',
  change: z.object({ track: TrackId, attribute: AttributeId }),
  label: ({ attribute }, { attributes }) => `Make it a track of ${attributes.get(attribute).name}`,
  touches: ({ track }) => ({ tracks: [track] }),
  apply(repositories, { track, attribute }): Edit {
    const whole = repositories.tracks.get(track)
    return replaceTracks.apply(repositories, { remove: [], put: [{ ...whole, attribute }] })
  },
})
