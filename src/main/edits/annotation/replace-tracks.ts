import { owner } from '@shared/actor'
import { Track } from '@shared/contract/annotation'
import { TrackId, VideoId } from '@shared/ids'
import { type Edit, defineEdit, older } from '@main/store/history/edit'
import { z } from 'zod'

export const WholeTrack = Track.extend({ video: VideoId })

/** A track of the time when there was one person. */
export const WholeTrackV1 = Track.omit({ person: true }).extend({ video: VideoId, annotator: z.string().nullable() })

export function trackOf({ annotator: _, ...track }: z.infer<typeof WholeTrackV1>): z.infer<typeof WholeTrack> {
  return { ...track, person: owner.id }
}

/**
 * Removes some tracks and puts others in their place, whole. It takes back whatever else is done to tracks; its own
 * inverse is the tracks as they were.
 */
export const replaceTracks = defineEdit({
  kind: 'track.replace',
  change: z.object({ remove: z.array(TrackId), put: z.array(WholeTrack) }),
  older: [
    older(z.object({ remove: z.array(TrackId), put: z.array(WholeTrackV1) }), ({ remove, put }) => {
      return { remove, put: put.map(trackOf) }
    }),
  ],
  label: ({ remove, put }) => (put.length > 0 ? 'Put back tracks' : `Remove ${remove.length} tracks`),
  touches: ({ remove, put }) => ({ tracks: [...remove, ...put.map(({ id }) => id)] }),
  apply({ videos, attributes, tracks }, { remove, put }): Edit {
    for (const { video, attribute } of put) {
      videos.get(video)
      if (attribute) attributes.get(attribute)
    }
    const before = [...remove.map((id) => tracks.get(id)), ...put.flatMap(({ id }) => tracks.find(id) ?? [])]
    const there = new Set(before.map(({ id }) => id))
    for (const id of remove) tracks.remove(id)
    tracks.putAll(put)
    return replaceTracks.of({ remove: put.map(({ id }) => id).filter((id) => !there.has(id)), put: before })
  },
})
