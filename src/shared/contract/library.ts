import { z } from 'zod'
import { AttributeId, ClassId, JobId, VideoId } from '@shared/ids'
import { MediaStatus } from '@shared/media'
import { forAnnotators, forOwners, forReviewers } from './base'

export const Split = z.enum(['train', 'test'])
export type Split = z.infer<typeof Split>

export const ClassInfo = z.object({ id: ClassId, name: z.string(), train: z.int(), test: z.int() })
export type ClassInfo = z.infer<typeof ClassInfo>

export const AttributeInfo = z.object({
  id: AttributeId,
  name: z.string(),
  /** Colour slot 0, 1, 2 ...; kept for life. 0-7 plain, 8-15 dashed, 16-23 dotted. */
  slot: z.int().min(0),
  group: z.string(),
  /** 'left' and 'right' attributes forbid flips. */
  side: z.enum(['none', 'left', 'right']),
  description: z.string(),
  videos: z.int(),
  withBoxes: z.int(),
})
export type AttributeInfo = z.infer<typeof AttributeInfo>

export const LabelValue = z.enum(['present', 'absent', 'unsure'])
export type LabelValue = z.infer<typeof LabelValue>
/** Who says so: a person, copied from the class, or several people's consensus. */
export const LabelSource = z.enum(['person', 'class', 'consensus'])
export type LabelSource = z.infer<typeof LabelSource>

/** One statement of a list of labels: of a video, or of every video of a class. Names as people write them. */
export const NamedLabel = z.object({
  of: z.enum(['video', 'class']),
  name: z.string().min(1),
  attribute: z.string().min(1),
  value: LabelValue,
})
export type NamedLabel = z.infer<typeof NamedLabel>

/** What a list of labels changed. */
export const LabelsApplied = z.object({
  labels: z.int().describe('Answers set, over all videos'),
  videos: z.int(),
  newAttributes: z.array(z.string()).describe('Words that were new to the vocabulary'),
  kept: z.int().describe('Answers for a class left out because a person had answered for the video'),
})
export type LabelsApplied = z.infer<typeof LabelsApplied>

export const VideoRow = z.object({
  id: VideoId,
  name: z.string(),
  class: ClassId.nullable(),
  split: Split.nullable(),
  status: MediaStatus,
  reason: z.string().nullable(),
  frames: z.int(),
  fps: z.number(),
  width: z.int(),
  height: z.int(),
  /** Attributes said to be present. */
  attributes: z.array(AttributeId),
  tracks: z.int(),
  /** new: nothing said; partly: some attributes answered; done: all answered. */
  annotation: z.enum(['new', 'partly', 'done']),
  moved: z.boolean(),
})
export type VideoRow = z.infer<typeof VideoRow>

export const VideoDetail = VideoRow.extend({
  path: z.string(),
  sha256: z.string(),
  codec: z.string(),
  decoder: z.string(),
  rotateClockwise: z.int(),
  variable: z.boolean(),
  badFrames: z.array(z.int()),
  notes: z.array(z.string()),
  proxy: z.object({ width: z.int(), height: z.int(), fps: z.int() }).nullable(),
  /** Timestamp of each frame in ms, null where the file has none. */
  timestampsMs: z.array(z.number().nullable()),
  importedAt: z.number(),
})
export type VideoDetail = z.infer<typeof VideoDetail>

export const VideoQuery = z.object({
  text: z.string().default(''),
  classes: z.array(ClassId).default([]),
  splits: z.array(Split).default([]),
  attributes: z.array(AttributeId).default([]),
  annotation: z.array(z.enum(['new', 'partly', 'done'])).default([]),
  problems: z.boolean().default(false),
  sort: z.enum(['name', 'newest', 'class']).default('name'),
})
export type VideoQuery = z.infer<typeof VideoQuery>

export const ImportRow = z.object({
  path: z.string(),
  video: VideoId.nullable(),
  status: MediaStatus,
  reason: z.string().nullable(),
  frames: z.int(),
  rotateClockwise: z.int(),
  width: z.int(),
  height: z.int(),
  /** The same content was already in the project. */
  duplicate: z.boolean(),
})
export type ImportRow = z.infer<typeof ImportRow>

export const ImportReport = z.object({
  rows: z.array(ImportRow),
  imported: z.int(),
  damaged: z.int(),
  failed: z.int(),
  duplicate: z.int(),
})
export type ImportReport = z.infer<typeof ImportReport>

/** How class and split are found at import. */
export const ImportOptions = z.object({
  paths: z.array(z.string().min(1)).min(1),
  classFrom: z
    .enum(['none', 'folder', 'name'])
    .default('folder')
    .describe('Class from the folder a video lies in, or from the letters its name begins with'),
  class: z.string().optional().describe('One class for all of them'),
  split: Split.optional().describe('One split for all of them'),
  trainList: z.string().optional().describe('A list file of training videos: one name a line, a label may follow'),
  testList: z.string().optional().describe('A list file of test videos'),
  decoder: z.enum(['auto', 'node-av', 'ffmpeg']).default('auto'),
})
export type ImportOptions = z.infer<typeof ImportOptions>

export const Statistics = z.object({
  /** The paper's Table 1 for this project. */
  videos: z.object({ train: z.int(), test: z.int(), none: z.int() }),
  classes: z.int(),
  attributes: z.int(),
  attributesPerVideo: z.number(),
  boxes: z.object({ train: z.int(), test: z.int() }),
  classByAttribute: z.array(z.object({ class: ClassId, attribute: AttributeId, videos: z.int() })),
})
export type Statistics = z.infer<typeof Statistics>

const Videos = z.object({ videos: z.array(VideoId).min(1) })

export const library = {
  videos: forAnnotators
    .route({ method: 'POST', path: '/videos/query', summary: 'Videos that match' })
    .input(VideoQuery)
    .output(z.array(VideoRow)),
  video: forAnnotators
    .route({ method: 'GET', path: '/videos/{id}', summary: 'One video' })
    .input(z.object({ id: VideoId }))
    .output(VideoDetail),
  preview: forOwners
    .route({ method: 'POST', path: '/imports/preview', summary: 'What an import would find' })
    .input(ImportOptions)
    .output(
      z.object({
        found: z.array(z.object({ path: z.string(), class: z.string().nullable(), split: Split.nullable() })),
        skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
      }),
    ),
  import: forOwners
    .route({ method: 'POST', path: '/imports', summary: 'Import videos' })
    .input(ImportOptions)
    .output(z.object({ job: JobId })),
  relink: forOwners
    .route({ method: 'POST', path: '/videos/{id}/relink', summary: 'Say where a moved file is now' })
    .input(z.object({ id: VideoId, path: z.string().min(1) }))
    .output(VideoDetail),
  remove: forOwners
    .route({ method: 'POST', path: '/videos/remove', summary: 'Remove videos from the project (sources stay)' })
    .input(Videos)
    .output(z.null()),
  setClass: forReviewers
    .route({ method: 'POST', path: '/videos/class', summary: 'Set the class of videos' })
    .input(Videos.extend({ class: ClassId.nullable() }))
    .output(z.null()),
  setSplit: forReviewers
    .route({ method: 'POST', path: '/videos/split', summary: 'Set the split of videos' })
    .input(Videos.extend({ split: Split.nullable() }))
    .output(z.null()),
  setAttribute: forReviewers
    .route({ method: 'POST', path: '/videos/attribute', summary: 'Answer an attribute for many videos' })
    .input(Videos.extend({ attribute: AttributeId, value: LabelValue.nullable() }))
    .output(z.null()),
  /** Gives every video of a class the same answer, marked as a class prior; a person's answers stay. */
  setClassPrior: forReviewers
    .route({ method: 'POST', path: '/classes/{class}/attributes', summary: 'Answer attributes for a whole class' })
    .input(z.object({ class: ClassId, attributes: z.array(AttributeId) }))
    .output(z.object({ videos: z.int() })),
  label: forReviewers
    .route({ method: 'POST', path: '/labels', summary: 'Answer attributes by name; one step that can be undone' })
    .input(z.object({ labels: z.array(NamedLabel).max(2_000_000) }))
    .output(LabelsApplied),
  named: forReviewers
    .route({ method: 'POST', path: '/names', summary: 'Ids of a video and of classes, by the names people write' })
    .input(z.object({ video: z.string().min(1), classes: z.array(z.string().min(1)).max(1000).default([]) }))
    .output(z.object({ video: VideoId, classes: z.array(ClassId) })),
  classes: forAnnotators.route({ method: 'GET', path: '/classes', summary: 'Classes' }).output(z.array(ClassInfo)),
  createClass: forReviewers
    .route({ method: 'POST', path: '/classes', summary: 'Make a class' })
    .input(z.object({ name: z.string().trim().min(1).max(200) }))
    .output(ClassInfo),
  renameClass: forReviewers
    .route({ method: 'POST', path: '/classes/{id}/name', summary: 'Rename a class' })
    .input(z.object({ id: ClassId, name: z.string().trim().min(1).max(200) }))
    .output(ClassInfo),
  removeClass: forReviewers
    .route({ method: 'DELETE', path: '/classes/{id}', summary: 'Delete a class; its videos keep their labels' })
    .input(z.object({ id: ClassId }))
    .output(z.null()),
  attributes: forAnnotators
    .route({ method: 'GET', path: '/attributes', summary: 'The vocabulary' })
    .output(z.array(AttributeInfo)),
  createAttribute: forReviewers
    .route({ method: 'POST', path: '/attributes', summary: 'Add a word to the vocabulary' })
    .input(
      z.object({
        name: z.string().trim().min(1).max(200),
        group: z.string().default(''),
        side: z.enum(['none', 'left', 'right']).default('none'),
        description: z.string().default(''),
      }),
    )
    .output(AttributeInfo),
  updateAttribute: forReviewers
    .route({ method: 'POST', path: '/attributes/{id}', summary: 'Change a word of the vocabulary' })
    .input(
      z.object({
        id: AttributeId,
        name: z.string().trim().min(1).max(200).optional(),
        group: z.string().optional(),
        side: z.enum(['none', 'left', 'right']).optional(),
        description: z.string().optional(),
      }),
    )
    .output(AttributeInfo),
  removeAttribute: forReviewers
    .route({
      method: 'DELETE',
      path: '/attributes/{id}',
      summary: 'Delete a word with its labels and tracks (can be undone)',
    })
    .input(z.object({ id: AttributeId }))
    .output(z.null()),
  statistics: forReviewers
    .route({ method: 'GET', path: '/statistics', summary: 'Numbers of the data set' })
    .output(Statistics),
  /** Takes back the last change of classes, attributes or many videos at once. */
  undo: forReviewers
    .route({ method: 'POST', path: '/library/undo', summary: 'Undo in the library' })
    .output(z.object({ label: z.string().nullable() })),
  redo: forReviewers
    .route({ method: 'POST', path: '/library/redo', summary: 'Redo in the library' })
    .output(z.object({ label: z.string().nullable() })),
}
