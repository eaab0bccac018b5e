import { z } from 'zod'
import { AttributeId, ClassId, VideoId } from '@shared/ids'

/** How the data of a file come into the project. Every name a map holds is as the file has it; null leaves it out. */
export const DataPlan = z.object({
  format: z.string().default('auto').describe('Name of the format; auto looks at the file'),
  options: z.record(z.string(), z.unknown()).default({}).describe('What can be said about a file of this format'),
  person: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('Whose answers and boxes these are; left out, as the file says'),
  existing: z
    .enum(['keep', 'replace'])
    .default('keep')
    .describe('What was said before about the same thing: keep it, or put the file in its place'),
  newWords: z
    .enum(['make', 'leave'])
    .default('make')
    .describe('Classes and attributes that are not there yet: make them, or leave out what is said of them'),
  shift: z.int().default(0).describe('Added to every frame, for files that count from another number'),
  scale: z.number().positive().default(1).describe('Factor for every box, for files of another picture size'),
  clip: z.boolean().default(false).describe('Cut boxes at the edge of the picture'),
  videos: z.record(z.string(), VideoId.nullable()).default({}),
  classes: z.record(z.string(), ClassId.nullable()).default({}),
  attributes: z.record(z.string(), AttributeId.nullable()).default({}),
})
export type DataPlan = z.infer<typeof DataPlan>

/** Why rows were not taken as they stood: the same reason once, with its first line and how often. */
export const RowReason = z.object({
  kind: z.enum(['skipped', 'clamped', 'outOfRange', 'duplicate']),
  line: z.int().nullable(),
  reason: z.string(),
  count: z.int(),
})
export type RowReason = z.infer<typeof RowReason>

/** Something the file does not decide: a name that fits several things, or two classes for one video. */
export const DataQuestion = z.object({
  about: z.enum(['video', 'class', 'attribute', 'class of a video', 'split of a video']),
  name: z.string(),
  line: z.int().nullable(),
  candidates: z.array(z.string()),
})
export type DataQuestion = z.infer<typeof DataQuestion>

/** What an import did, or (dry run) would do. */
export const DataReport = z.object({
  format: z.string(),
  title: z.string(),
  /** What showed that the file is of this format. */
  why: z.string(),
  dryRun: z.boolean(),
  rows: z.object({
    read: z.int(),
    skipped: z.int(),
    clamped: z.int(),
    outOfRange: z.int(),
    duplicate: z.int(),
  }),
  reasons: z.array(RowReason),
  videos: z.object({ matched: z.int(), unmatched: z.array(z.string()) }),
  questions: z.array(DataQuestion),
  /** Classes and attributes named in the file, those made for it, and those it names that are left out. */
  classes: z.int(),
  newClasses: z.array(z.string()),
  attributes: z.int(),
  newAttributes: z.array(z.string()),
  leftOut: z.array(z.string()),
  /** Answers set, and those that stay as they were because somebody had answered. */
  answers: z.int(),
  kept: z.int(),
  tracks: z.int(),
  keyframes: z.int(),
  /** Frames with a visible box, over all tracks. */
  boxes: z.int(),
})
export type DataReport = z.infer<typeof DataReport>
