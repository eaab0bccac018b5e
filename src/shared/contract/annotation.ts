import { z } from 'zod'
import { Keyframe, KeyframeValue } from '@shared/geometry/track'
import { AttributeId, Frame, TrackId, VideoId } from '@shared/ids'
import { forAnnotators } from './base'
import { LabelSource, LabelValue } from './library'

export const VideoLabel = z.object({
  attribute: AttributeId,
  value: LabelValue,
  source: LabelSource,
  annotator: z.string().nullable(),
})
export type VideoLabel = z.infer<typeof VideoLabel>

export const Track = z.object({
  id: TrackId,
  /** The attribute boxed; null for an actor's track. */
  attribute: AttributeId.nullable(),
  kind: z.enum(['attribute', 'actor']),
  source: LabelSource,
  keyframes: z.array(Keyframe),
})
export type Track = z.infer<typeof Track>

export const Annotations = z.object({
  video: VideoId,
  labels: z.array(VideoLabel),
  tracks: z.array(Track),
  /** Menu texts of what undo and redo would do; null where there is nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
})
export type Annotations = z.infer<typeof Annotations>

/** What undo or redo did, and the frame at which it shows; null where it shows everywhere. */
const Moved = z.object({ label: z.string().nullable(), frame: Frame.nullable(), annotations: Annotations })

const OnTrack = z.object({ video: VideoId, track: TrackId })

export const annotation = {
  get: forAnnotators
    .route({ method: 'GET', path: '/videos/{video}/annotations', summary: 'Labels and tracks of a video' })
    .input(z.object({ video: VideoId }))
    .output(Annotations),
  setLabel: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/labels', summary: 'Answer an attribute' })
    .input(z.object({ video: VideoId, attribute: AttributeId, value: LabelValue.nullable() }))
    .output(Annotations),
  createTrack: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks', summary: 'Begin a track with its first box' })
    .input(z.object({ video: VideoId, attribute: AttributeId, frame: Frame, value: KeyframeValue }))
    .output(Annotations.extend({ track: TrackId })),
  /** Sets, moves or (null) removes one key frame. A track whose last key frame goes is removed with it. */
  setKeyframe: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks/{track}/keyframes', summary: 'Set or remove a key frame' })
    .input(OnTrack.extend({ frame: Frame, value: KeyframeValue.nullable() }))
    .output(Annotations),
  removeTrack: forAnnotators
    .route({ method: 'DELETE', path: '/videos/{video}/tracks/{track}', summary: 'Remove a whole track' })
    .input(OnTrack)
    .output(Annotations),
  /** Removes what lies at and after `frame`: the object is outside from there. */
  cutTrack: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks/{track}/cut', summary: 'End a track here' })
    .input(OnTrack.extend({ frame: Frame }))
    .output(Annotations),
  splitTrack: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks/{track}/split', summary: 'Split a track in two' })
    .input(OnTrack.extend({ frame: Frame }))
    .output(Annotations),
  mergeTracks: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/merge',
      summary: 'Join another track of the same attribute',
    })
    .input(OnTrack.extend({ with: TrackId }))
    .output(Annotations),
  setTrackAttribute: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/attribute',
      summary: 'Give a track another attribute',
    })
    .input(OnTrack.extend({ attribute: AttributeId }))
    .output(Annotations),
  undo: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/undo', summary: 'Undo' })
    .input(z.object({ video: VideoId }))
    .output(Moved),
  redo: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/redo', summary: 'Redo' })
    .input(z.object({ video: VideoId }))
    .output(Moved),
}
