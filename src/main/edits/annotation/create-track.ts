import { type Edit, defineEdit, older } from '@main/store/history/edit'
import { z } from 'zod'
import { removeTrack } from './remove-track'
import { WholeTrack, WholeTrackV1, replaceTracks, trackOf } from './replace-tracks'

/** Begins a track. Its inverse removes it. */
export const createTrack = defineEdit({
  kind: 'track.create',
  change: z.object({ track: WholeTrack }),
  older: [older(z.object({ track: WholeTrackV1 }), ({ track }) => ({ track: trackOf(track) }))],
  label: ({ track }, { attributes }) =>
    `Begin a track of ${track.attribute ? attributes.get(track.attribute).name : 'an actor'}`,
  touches: ({ track }) => ({ tracks: [track.id] }),
  frame: ({ track }) => track.keyframes[0]?.frame ?? null,
  apply(repositories, { track }): Edit {
    replaceTracks.apply(repositories, { remove: [], put: [track] })
    return removeTrack.of({ track: track.id })
  },
})
