import { z } from 'zod'
import { Split } from '@shared/contract/library'
import { LabelSource, LabelValue } from '@shared/contract/library'
import { Keyframe } from '@shared/geometry/track'
import { Frame } from '@shared/ids'

/**
 * A data set in words: videos, classes, attributes and people by name, never by a project's ids, so that any file can be
 * read into it and any project written from it. Frames are ordinals from 0 of decoded pictures; boxes are source pixels
 * of the displayed (upright) picture, `[x1, x2) x [y1, y2)`. What a format does not say is left out, never guessed.
 */

/** Frames `from` to `to`, both inclusive. */
export const Span = z.object({ from: Frame, to: Frame })
export type Span = z.infer<typeof Span>

/** Who said something and when. `person` is a name; null where the file names nobody. `at`: ms since 1970. */
const Said = z.object({
  source: LabelSource,
  person: z.string().nullable(),
  at: z.number().nullable(),
})

/**
 * One answer: of a whole video, or of a span of it. Somebody who sees something in a span says that it is present; several
 * spans are several answers, beside the one of the whole video or without it.
 */
export const NeutralAnswer = Said.extend({
  attribute: z.string().min(1),
  value: LabelValue,
  span: Span.nullable(),
  /** 0 to 1, as the file says; null where it does not. */
  confidence: z.number().min(0).max(1).nullable(),
})
export type NeutralAnswer = z.infer<typeof NeutralAnswer>

/** An object from key frame to key frame, linear between them (CVAT's rule; `shared/geometry/track.ts`). */
export const NeutralTrack = Said.extend({
  kind: z.enum(['attribute', 'actor']),
  /** The attribute boxed; null for an actor's track. */
  attribute: z.string().min(1).nullable(),
  /** In rising order of frame, one per frame at most. */
  /** As people stand for them; what is only proposed is in no file. */
  keyframes: z.array(Keyframe.omit({ proposed: true })).min(1),
  /** The file's own name of the object, for reports; null where it has none. */
  name: z.string().nullable(),
})
export type NeutralTrack = z.infer<typeof NeutralTrack>

export const NeutralVideo = z.object({
  /** As the file names it: with or without folders and ending. */
  name: z.string().min(1),
  /** SHA-256 of the file; null where unknown. A fingerprint that matches counts for more than any name. */
  sha256: z.string().nullable(),
  /** Where the file is, as written; null where it is not said. */
  path: z.string().nullable(),
  class: z.string().min(1).nullable(),
  split: Split.nullable(),
  /** Clips of one group come from one film or person and stay on one side of a split. */
  group: z.string().nullable(),
  /** Pictures in the video as the file says it; null where it does not. */
  frames: z.int().min(1).nullable(),
  width: z.number().positive().nullable(),
  height: z.number().positive().nullable(),
  fps: z.number().positive().nullable(),
  answers: z.array(NeutralAnswer),
  tracks: z.array(NeutralTrack),
})
export type NeutralVideo = z.infer<typeof NeutralVideo>

export const NeutralAttribute = z.object({
  name: z.string().min(1),
  group: z.string(),
  side: z.enum(['none', 'left', 'right']),
  description: z.string(),
})
export type NeutralAttribute = z.infer<typeof NeutralAttribute>

/** What is said of every video of a class. */
export const NeutralPrior = z.object({
  class: z.string().min(1),
  attribute: z.string().min(1),
  value: LabelValue,
})
export type NeutralPrior = z.infer<typeof NeutralPrior>

export const Dataset = z.object({
  classes: z.array(z.string().min(1)),
  attributes: z.array(NeutralAttribute),
  priors: z.array(NeutralPrior),
  videos: z.array(NeutralVideo),
})
export type Dataset = z.infer<typeof Dataset>

/** What became of a row that was not taken as it stood. `line`: from 1, null where the file has no lines. */
export interface RowNote {
  kind: 'skipped' | 'clamped' | 'outOfRange' | 'duplicate'
  line: number | null
  /** A sentence: what, why. */
  reason: string
}
