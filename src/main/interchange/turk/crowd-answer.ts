import { LabelValue } from '@shared/contract/library'
import type { Keyframe } from '@shared/geometry/track'
import { z } from 'zod'
import type { NeutralTrack, NeutralVideo } from '@main/interchange/dataset'
import { type KnownVideo, bareVideo } from '@main/interchange/format'
import { answer, trackNamed } from '@main/interchange/kit/said'
import { FrameClock } from '@main/interchange/kit/seconds'

const Picture = z.object({ width: z.number().positive(), height: z.number().positive() })

/** A box at a moment: its frame where the page knew it, else its time in seconds from the start of the video. */
const CrowdKeyframe = z.object({
  frame: z.int().min(0).nullable().default(null),
  time: z.number().min(0).nullable().default(null),
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
  outside: z.boolean().default(false),
  occluded: z.boolean().default(false),
})

export const CrowdTrack = z.object({
  attribute: z.string().min(1),
  /** Key frames hold until the next one; false: each is a box of its one frame. */
  lasting: z.boolean().default(true),
  keyframes: z.array(CrowdKeyframe).min(1),
})
export type CrowdTrack = z.infer<typeof CrowdTrack>

/** What a person said of one video, as a layout writes it. */
export const CrowdSaid = z.object({
  labels: z.record(z.string().min(1), LabelValue).default({}),
  tracks: z.array(CrowdTrack).default([]),
  /** Size of the picture that the boxes are in; null: the video's own. */
  picture: Picture.nullable().default(null),
  /** Why it was passed over; null where it was answered. */
  skipped: z.string().nullable().default(null),
  seconds: z.number().min(0).nullable().default(null),
})
export type CrowdSaid = z.infer<typeof CrowdSaid>

/** An assignment: who, of what, when, and what became of it. Times in ms since 1970. */
export interface CrowdAnswer extends CrowdSaid {
  /** Where it stands in its file, from 1; null where that has no lines. */
  line: number | null
  /** Unique; null where nobody gave it a number. */
  assignment: string | null
  hit: string | null
  worker: string
  status: 'submitted' | 'approved' | 'rejected'
  acceptedAt: number | null
  submittedAt: number | null
  /** As the file names it: a name, a path, or the path of an address. */
  video: string
}

/**
 * A track in frames and pixels of the video.
 * @param picture size of what was shown; boxes are scaled from it to the video's own
 * @param frameOtherwise frame of boxes of which neither frame nor time is said
 * @returns null where no key frame falls into the video
 */
export function neutralTrack(
  track: CrowdTrack,
  { picture, known, frameOtherwise }: Shown,
  more: Partial<NeutralTrack> = {},
): NeutralTrack | null {
  const [x, y] = picture && known ? [known.width / picture.width, known.height / picture.height] : [1, 1]
  const isTimed = track.keyframes.some(({ frame, time }) => frame === null && time !== null)
  const clock = known && isTimed ? new FrameClock(known) : null
  const byFrame = new Map<number, Keyframe>()
  for (const { frame, time, left, top, width, height, outside, occluded } of track.keyframes) {
    const at = frame ?? (time === null ? frameOtherwise : (clock?.frameAt(time) ?? null))
    if (at === null) continue
    const box = { x1: left * x, y1: top * y, x2: (left + width) * x, y2: (top + height) * y }
    byFrame.set(at, { frame: at, box, outside, occluded })
    if (!track.lasting && !byFrame.has(at + 1) && at + 1 < (known?.frames ?? Infinity))
      byFrame.set(at + 1, { frame: at + 1, box, outside: true, occluded: false })
  }
  const keyframes = [...byFrame.values()].sort((a, b) => a.frame - b.frame)
  return keyframes.some(({ outside }) => !outside) ? trackNamed(track.attribute, keyframes, more) : null
}

/** What the boxes of an answer are seen against. */
interface Shown {
  picture: CrowdSaid['picture']
  known: KnownVideo | null
  frameOtherwise: number
}

/** An answer as a piece of a data set, under the worker's name. */
export function neutralVideo(
  { worker, submittedAt, video, labels, tracks, picture }: CrowdAnswer,
  shown: Omit<Shown, 'picture'>,
): NeutralVideo {
  const who = { person: worker, at: submittedAt }
  return bareVideo(video, {
    answers: Object.entries(labels).map(([attribute, value]) => answer(attribute, value, who)),
    tracks: tracks.flatMap((track) => neutralTrack(track, { ...shown, picture }, who) ?? []),
  })
}
