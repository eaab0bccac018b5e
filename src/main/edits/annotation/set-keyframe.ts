import { KeyframeValue } from '@shared/geometry/track'
import { Frame, TrackId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { removeTrack } from './remove-track'

/**
 * Sets, moves or (null) removes one key frame; a track without any visible one left goes with it. Its inverse is the
 * same edit with the value that was there, or the whole track.
 */
export const setKeyframe = defineEdit({
  kind: 'track.set-keyframe',
  change: z.object({ track: TrackId, frame: Frame, value: KeyframeValue.nullable() }),
  label: ({ frame, value }) => {
    if (!value) return `Remove key frame ${frame}`
    return value.outside ? `Set outside at frame ${frame}` : `Set box at frame ${frame}`
  },
  frame: ({ frame }) => frame,
  continues: (before, next) =>
    before.value !== null && next.value !== null && before.track === next.track && before.frame === next.frame,
  touches: ({ track }) => ({ tracks: [track] }),
  apply(repositories, { track, frame, value }): Edit {
    const { tracks } = repositories
    const { keyframes } = tracks.get(track)
    const othersVisible = keyframes.some((k) => k.frame !== frame && !k.outside)
    if (!value && !othersVisible) return removeTrack.apply(repositories, { track })
    const before = tracks.keyframe(track, frame)
    tracks.setKeyframe(track, frame, value)
    return setKeyframe.of({ track, frame, value: before })
  },
})
