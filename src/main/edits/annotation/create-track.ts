import { type Edit, defineEdit } from '@main/store/history/history'
import { z } from 'zod'
import { removeTrack } from './remove-track'
import { WholeTrack, replaceTracks } from './replace-tracks'

/** Begins a track. Its inverse removes it. */
export const createTrack = defineEdit({
  kind: 'track.create',
  change: z.object({ track: WholeTrack }),
  label: ({ track }, { attributes }) =>
    `Begin a track of ${track.attribute ? attributes.get(track.attribute).name : 'an actor'}`,
  frame: ({ track }) => track.keyframes[0]?.frame ?? null,
  apply(repositories, { track }): Edit {
    replaceTracks.apply(repositories, { remove: [], put: [track] })
    return removeTrack.of({ track: track.id })
  },
})
