import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { Track } from '@shared/contract/annotation'
import type { Keyframe } from '@shared/geometry/track'
import { TrackId, VideoId } from '@shared/ids'
import type { WholeTrack } from '@main/store/repositories/track-repository'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'

/** Numbers a key frame takes: frame, four corners, and whether it hides the object (1), is occluded (2), is proposed (4). */
const each = 6

/** A track with its key frames as numbers in a row. */
const PackedTrack = Track.omit({ keyframes: true }).extend({
  video: VideoId,
  packed: z.array(z.number()).refine(({ length }) => length % each === 0, 'it holds no whole key frames'),
})
type PackedTrack = z.infer<typeof PackedTrack>

/** Many tracks: which they are, and all of them pressed, a tenth of what they take as objects. An import may bring millions of key frames. */
const Pressed = z.object({ tracks: z.array(TrackId), pressed: z.string() })

/** Puts many tracks where none of them is. Its inverse takes them away. */
export const putTracks = defineEdit({
  kind: 'track.put',
  change: Pressed,
  label: ({ tracks }) => `Put ${tracks.length} tracks`,
  touches: ({ tracks }) => ({ tracks }),
  apply({ videos, attributes, tracks }, { tracks: ids, pressed }): Edit {
    const put = unpressed(pressed)
    for (const { video, attribute } of put) {
      videos.get(video)
      if (attribute) attributes.get(attribute)
    }
    tracks.putAll(put)
    return takeTracks.of({ tracks: ids })
  },
})

/** Takes many tracks away. Its inverse puts them back as they were. */
export const takeTracks = defineEdit({
  kind: 'track.take',
  change: z.object({ tracks: z.array(TrackId) }),
  label: ({ tracks }) => `Remove ${tracks.length} tracks`,
  touches: ({ tracks }) => ({ tracks }),
  apply({ tracks }, { tracks: ids }): Edit {
    const before = ids.map((id) => tracks.get(id))
    for (const id of ids) tracks.remove(id)
    return putTracks.of(pressedTracks(before))
  },
})

/** Tracks as an edit that puts them holds them. */
export function pressedTracks(tracks: readonly WholeTrack[]): z.infer<typeof Pressed> {
  const text = JSON.stringify(tracks.map(packed))
  return { tracks: tracks.map(({ id }) => id), pressed: deflateRawSync(text, { level: 1 }).toString('base64') }
}

function unpressed(pressed: string): WholeTrack[] {
  const text = inflateRawSync(Buffer.from(pressed, 'base64')).toString()
  return z.array(PackedTrack).parse(JSON.parse(text)).map(unpacked)
}

function packed({ keyframes, ...track }: WholeTrack): PackedTrack {
  const numbers = keyframes.flatMap(({ frame, box: { x1, y1, x2, y2 }, outside, occluded, proposed = false }) => {
    return [frame, x1, y1, x2, y2, Number(outside) + 2 * Number(occluded) + 4 * Number(proposed)]
  })
  return { ...track, packed: numbers }
}

function unpacked({ packed: numbers, ...track }: PackedTrack): WholeTrack {
  const keyframes = Array.from({ length: numbers.length / each }, (_, i): Keyframe => {
    const [frame, x1, y1, x2, y2, flags] = numbers.slice(i * each, (i + 1) * each) as [
      ...[number, number, number, number, number, number],
    ]
    const said = { outside: (flags & 1) > 0, occluded: (flags & 2) > 0, ...((flags & 4) > 0 && { proposed: true }) }
    return { frame, box: { x1, y1, x2, y2 }, ...said }
  })
  return { ...track, keyframes }
}
