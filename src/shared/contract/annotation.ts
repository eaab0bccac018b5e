import { z } from 'zod'
import { Keyframe, KeyframeValue } from '@shared/geometry/track'
import { AttributeId, Frame, PersonId, SpanId, TrackId, VideoId } from '@shared/ids'
import { forAnnotators } from './base'
import { LabelSource, LabelValue } from './library'

export const VideoLabel = z.object({
  attribute: AttributeId,
  value: LabelValue,
  source: LabelSource,
  /** Who said so; null for a class, and for what several people come to. */
  annotator: PersonId.nullable(),
})
export type VideoLabel = z.infer<typeof VideoLabel>

export const Track = z.object({
  id: TrackId,
  /** The attribute boxed; null for an actor's track. */
  attribute: AttributeId.nullable(),
  kind: z.enum(['attribute', 'actor']),
  source: LabelSource,
  /** Whose it is. */
  person: PersonId,
  keyframes: z.array(Keyframe),
})
export type Track = z.infer<typeof Track>

/**
 * From which frame to which somebody sees an attribute. One person may mark several spans of an attribute in a video; they
 * never overlap, and of two that come to touch each other one is made. They are part of the answer "present": who marks
 * one gives that answer with it, and with any other answer, or none, they go. What is trained and measured with is the
 * answer of the whole video, not its spans.
 */
export const AttributeSpan = z.object({
  id: SpanId,
  attribute: AttributeId,
  /** Whose it is. */
  person: PersonId,
  from: Frame.describe('First frame in which it is seen'),
  to: Frame.describe('Last frame in which it is seen; the span includes it'),
  /** When it was marked, ms since 1970. */
  at: z.number(),
})
export type AttributeSpan = z.infer<typeof AttributeSpan>

/** What other people said, for those who may see it. */
const OfOthers = z.object({
  /** Everybody who is named below. */
  people: z.array(z.object({ id: PersonId, name: z.string() })),
  labels: z.array(VideoLabel),
  tracks: z.array(Track),
  spans: z.array(AttributeSpan),
})

/** Menu texts of what undo and redo would do; null where there is nothing. */
const Menu = z.object({ undo: z.string().nullable(), redo: z.string().nullable() })

export const Annotations = Menu.extend({
  video: VideoId,
  /** Of who asks; what was said of the class where they said nothing themselves. */
  labels: z.array(VideoLabel),
  tracks: z.array(Track),
  /** In rising order of frame. */
  spans: z.array(AttributeSpan),
  others: OfOthers,
})
export type Annotations = z.infer<typeof Annotations>

/** What a change of annotations left behind: what is not named here stands as it stood. */
export const AnnotationChange = Menu.extend({
  video: VideoId,
  /** Null where nothing is said any more. */
  labels: z.array(z.object({ attribute: AttributeId, label: VideoLabel.nullable() })),
  /** Whole, as they are now; those of other people among them where a reviewer changed them. */
  tracks: z.array(Track),
  removedTracks: z.array(TrackId),
  /** As tracks are told: whole, and those of other people where a reviewer changed them. */
  spans: z.array(AttributeSpan),
  removedSpans: z.array(SpanId),
})
export type AnnotationChange = z.infer<typeof AnnotationChange>

/** A box that was followed. */
export const Propagated = AnnotationChange.extend({
  /** The last frame that it was found in; where it began if in none. */
  reached: Frame,
  /** A sentence: how far it came, and why no further. */
  words: z.string(),
})
export type Propagated = z.infer<typeof Propagated>

const Moved = z.object({
  /** What undo or redo did; null for nothing. */
  label: z.string().nullable(),
  /** The frame at which it shows; null where it shows everywhere. */
  frame: Frame.nullable(),
  /** A sentence for each older step that could no longer be taken back or done again, and was set aside. */
  aside: z.array(z.string()),
  change: AnnotationChange,
})

/** One step of a person's history of a video. */
export const HistoryStep = z.object({
  id: z.int().min(1),
  label: z.string(),
  /** The frame at which it shows; null where it shows everywhere. */
  frame: Frame.nullable(),
  /** When it was done, ms since 1970. */
  at: z.number(),
  /** Taken back; it can be done again until something else is done. */
  undone: z.boolean(),
})
export type HistoryStep = z.infer<typeof HistoryStep>

/** Changes of one key frame that share it are one movement of the hand, and one step of undo. */
const Gesture = z.string().min(1).max(64).optional()

/** Frames of a span, both inclusive. */
const Ends = { from: Frame, to: Frame }

const OnTrack = z.object({ video: VideoId, track: TrackId })
const OnSpan = z.object({ video: VideoId, span: SpanId })

export const annotation = {
  get: forAnnotators
    .route({ method: 'GET', path: '/videos/{video}/annotations', summary: 'Labels, tracks and spans of a video' })
    .input(
      z.object({
        video: VideoId,
        /** Reviewers and owners may ask for what everybody's answers come to, which is what training reads. */
        of: z.enum(['own', 'everybody']).default('own'),
      }),
    )
    .output(Annotations),
  setLabel: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/labels', summary: 'Answer an attribute' })
    .input(z.object({ video: VideoId, attribute: AttributeId, value: LabelValue.nullable() }))
    .output(AnnotationChange),
  setLabels: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/labels/all', summary: 'Answer several attributes in one step' })
    .input(
      z.object({
        video: VideoId,
        labels: z.array(z.object({ attribute: AttributeId, value: LabelValue })).max(10_000),
      }),
    )
    .output(AnnotationChange),
  createTrack: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks', summary: 'Begin a track with its first box' })
    .input(
      z.object({
        video: VideoId,
        attribute: AttributeId.nullable().describe('What is boxed; null for an actor'),
        frame: Frame,
        value: KeyframeValue,
      }),
    )
    .output(AnnotationChange.extend({ track: TrackId })),
  /** Sets, moves or (null) removes one key frame. A track whose last key frame goes is removed with it. */
  setKeyframe: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks/{track}/keyframes', summary: 'Set or remove a key frame' })
    .input(OnTrack.extend({ frame: Frame, value: KeyframeValue.nullable(), gesture: Gesture }))
    .output(AnnotationChange),
  /** Moves a key frame in time; one that stands there already is replaced. */
  moveKeyframe: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/keyframes/move',
      summary: 'Move a key frame to another frame',
    })
    .input(OnTrack.extend({ from: Frame, to: Frame }))
    .output(AnnotationChange),
  removeTrack: forAnnotators
    .route({ method: 'DELETE', path: '/videos/{video}/tracks/{track}', summary: 'Remove a whole track' })
    .input(OnTrack)
    .output(AnnotationChange),
  /** Removes what lies at and after `frame`: the object is outside from there. */
  cutTrack: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks/{track}/cut', summary: 'End a track here' })
    .input(OnTrack.extend({ frame: Frame }))
    .output(AnnotationChange),
  splitTrack: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/tracks/{track}/split', summary: 'Split a track in two' })
    .input(OnTrack.extend({ frame: Frame }))
    .output(AnnotationChange),
  mergeTracks: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/merge',
      summary: 'Join another track of the same attribute',
    })
    .input(OnTrack.extend({ with: TrackId }))
    .output(AnnotationChange),
  setTrackAttribute: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/attribute',
      summary: 'Give a track another attribute',
    })
    .input(OnTrack.extend({ attribute: AttributeId }))
    .output(AnnotationChange),
  /** Boxes that were found are proposals, which count for nothing until somebody confirms them. */
  propagate: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/propagate',
      summary: 'Follow a box from a frame on, and propose what was found',
    })
    .input(OnTrack.extend({ frame: Frame, frames: z.int().min(1).max(10_000).default(300) }))
    .output(Propagated),
  confirmBoxes: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/proposed/confirm',
      summary: 'Confirm the proposed boxes of a track',
    })
    .input(OnTrack)
    .output(AnnotationChange),
  rejectBoxes: forAnnotators
    .route({
      method: 'POST',
      path: '/videos/{video}/tracks/{track}/proposed/reject',
      summary: 'Reject the proposed boxes of a track',
    })
    .input(OnTrack)
    .output(AnnotationChange),
  /** Says that an attribute is present and seen in these frames. A span it overlaps or touches is joined into it. */
  addSpan: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/spans', summary: 'Mark from where to where an attribute is seen' })
    .input(z.object({ video: VideoId, attribute: AttributeId, ...Ends }))
    .output(AnnotationChange.extend({ span: SpanId })),
  /** Moves the ends of a span; another one that it then overlaps or touches is joined into it. */
  setSpan: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/spans/{span}', summary: 'Move the ends of a span' })
    .input(OnSpan.extend(Ends))
    .output(AnnotationChange),
  removeSpan: forAnnotators
    .route({ method: 'DELETE', path: '/videos/{video}/spans/{span}', summary: 'Remove a span; the answer stays' })
    .input(OnSpan)
    .output(AnnotationChange),
  undo: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/undo', summary: 'Undo' })
    .input(z.object({ video: VideoId }))
    .output(Moved),
  redo: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/redo', summary: 'Redo' })
    .input(z.object({ video: VideoId }))
    .output(Moved),
  history: forAnnotators
    .route({ method: 'GET', path: '/videos/{video}/history', summary: 'What one did in a video, newest first' })
    .input(z.object({ video: VideoId }))
    .output(z.array(HistoryStep)),
  undoTo: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/history', summary: 'Go back, or on again, to a step' })
    .input(
      z.object({
        video: VideoId,
        step: z.int().min(0).describe('The last step that is to stand; 0 takes back every one'),
      }),
    )
    .output(Moved),
}
