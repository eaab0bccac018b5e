import { z } from 'zod'
import { JobId, PersonId, VideoId } from '@shared/ids'
import { Name } from '@shared/name'
import { forOwners } from './base'

/** What names of a file mean in the project, by name; null leaves out what is said of it. */
const Meanings = z.record(z.string(), z.string().nullable()).default({})

/** How the data of a file come into the project. */
export const DataPlan = z.object({
  format: z.string().default('auto').describe('Name of the format; auto looks at the file'),
  options: z.record(z.string(), z.unknown()).default({}).describe('What can be said about a file of this format'),
  person: Name.nullable().default(null).describe('Whose answers and boxes these are; left out, as the file says'),
  existing: z
    .enum(['keep', 'replace', 'add'])
    .default('keep')
    .describe(
      'What was said before about the same thing: keep it, put the file in its place, or add the file beside it as what another person says',
    ),
  newWords: z
    .enum(['make', 'leave'])
    .default('make')
    .describe('Classes and attributes that are not there yet: make them, or leave out what is said of them'),
  shift: z.int().default(0).describe('Added to every frame, for files that count from another number'),
  scale: z.number().positive().default(1).describe('Factor for every box, for files of another picture size'),
  clip: z.boolean().default(false).describe('Cut boxes at the edge of the picture'),
  videos: Meanings,
  classes: Meanings,
  attributes: Meanings,
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

/** Something a file says that a project has no place for, and how often it says it. */
export const DataLoss = z.object({ what: z.string(), count: z.int() })
export type DataLoss = z.infer<typeof DataLoss>

/** Something the file does not decide: a name that fits several things, or two classes for one video. */
export const DataQuestion = z.object({
  about: z.enum(['video', 'class', 'attribute', 'class of a video', 'split of a video', 'group of a video']),
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
  /** Whose its answers became; null: as the file says. */
  person: z.string().nullable().default(null),
  /** The step of the library's history that it is; null where it changed nothing. */
  step: z.int().nullable().default(null),
  rows: z.object({
    read: z.int(),
    skipped: z.int(),
    clamped: z.int(),
    outOfRange: z.int(),
    duplicate: z.int(),
  }),
  reasons: z.array(RowReason),
  /** `missing`: how many names fit none; `unmatched`: those names, the first 2,000. */
  videos: z.object({ matched: z.int(), missing: z.int().default(0), unmatched: z.array(z.string()) }),
  /** Videos of which something is set. */
  changed: z.int(),
  questions: z.array(DataQuestion),
  /** Classes and attributes named in the file, those made for it, and those it names that are left out. */
  classes: z.int(),
  newClasses: z.array(z.string()),
  attributes: z.int(),
  newAttributes: z.array(z.string()),
  leftOut: z.array(z.string()),
  /** What the file says that has no place in a project. */
  losses: z.array(DataLoss).default([]),
  /** Words that nothing in the project is called, whatever became of them. */
  unknown: z
    .object({ classes: z.array(z.string()), attributes: z.array(z.string()) })
    .default({ classes: [], attributes: [] }),
  /** Answers set, and those that stay as they were because somebody had answered. */
  answers: z.int(),
  kept: z.int(),
  /** Spans set: from which frame to which an attribute is seen. */
  spans: z.int().default(0),
  tracks: z.int(),
  keyframes: z.int(),
  /** Frames with a visible box, over all tracks. */
  boxes: z.int(),
})
export type DataReport = z.infer<typeof DataReport>

/** What goes out, and where. */
export const DataExport = z.object({
  format: z.string().min(1).describe('Name of the format'),
  out: z.string().min(1).describe('File to write; a folder or zip for formats of several files'),
  options: z.record(z.string(), z.unknown()).default({}).describe('What can be said about a file of this format'),
  videos: z.array(VideoId).optional().describe('Only these videos'),
  whose: z
    .enum(['consensus', 'each', 'one'])
    .default('consensus')
    .describe('Whose answers and boxes: what counts in the end, what each person says, or what one person says'),
  person: Name.nullable().default(null).describe('The one person, by name'),
})
export type DataExport = z.infer<typeof DataExport>

export const ExportReport = z.object({
  format: z.string(),
  out: z.string(),
  videos: z.int(),
  tracks: z.int(),
  /** Frames with a visible box, over all tracks. */
  boxes: z.int(),
  /** Sentences: what the file does not hold. */
  losses: z.array(z.string()),
})
export type ExportReport = z.infer<typeof ExportReport>

/** A format as a form and a script need it. */
export const FormatInfo = z.object({
  name: z.string(),
  title: z.string(),
  extensions: z.array(z.string()),
  reads: z.boolean(),
  writes: z.boolean(),
  /** Whether a written file holds what several people say of the same thing. */
  people: z.boolean(),
  /** Sentences: what a written file does not hold. */
  losses: z.array(z.string()),
  /** JSON Schema of what can be said about a file. */
  options: z.unknown(),
})
export type FormatInfo = z.infer<typeof FormatInfo>

/** Somebody of whom there are answers or boxes. */
export const Voice = z.object({ person: PersonId, name: z.string() })
export type Voice = z.infer<typeof Voice>

/** A file of the studio's machine, and how it is to come in. */
export const DataSource = z.object({ path: z.string().min(1), plan: DataPlan })
export type DataSource = z.infer<typeof DataSource>

export const interchange = {
  formats: forOwners
    .route({ method: 'GET', path: '/formats', summary: 'Formats that are read and written' })
    .output(z.array(FormatInfo)),
  voices: forOwners
    .route({ method: 'GET', path: '/data/voices', summary: 'Whose answers and boxes there are' })
    .output(z.array(Voice)),
  preview: forOwners
    .route({ method: 'POST', path: '/data/preview', summary: 'What an import of annotations would do' })
    .input(DataSource)
    .output(DataReport),
  /** The job's result is a DataReport. All of it is one step of the library's history. */
  import: forOwners
    .route({ method: 'POST', path: '/data/imports', summary: 'Import annotations' })
    .input(DataSource)
    .output(z.object({ job: JobId })),
  undo: forOwners
    .route({
      method: 'POST',
      path: '/data/imports/undo',
      summary: 'Take a whole import back, if nothing was done since',
    })
    .input(z.object({ step: z.int() }))
    .output(z.object({ label: z.string() })),
  lastStep: forOwners
    .route({ method: 'GET', path: '/data/imports/last', summary: 'The step of the library that undo would take back' })
    .output(z.object({ step: z.int().nullable() })),
  /** The job's result is an ExportReport. */
  export: forOwners
    .route({ method: 'POST', path: '/data/exports', summary: 'Write the data as a file of another tool' })
    .input(DataExport)
    .output(z.object({ job: JobId })),
}
