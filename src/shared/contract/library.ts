import { z } from 'zod'
import { AttributeId, ClassId, Frame, JobId, PersonId, PictureId, VideoId } from '@shared/ids'
import { hotkeys } from '@shared/hotkeys'
import { MediaStatus } from '@shared/media'
import { Name } from '@shared/name'
import { forAnnotators, forOwners, forReviewers } from './base'
import { WorkState } from './work-state'

export const Split = z.enum(['train', 'test'])
export type Split = z.infer<typeof Split>

export const ClassInfo = z.object({
  id: ClassId,
  name: z.string(),
  train: z.int(),
  test: z.int(),
  /** With those that are in no split. */
  videos: z.int(),
})
export type ClassInfo = z.infer<typeof ClassInfo>

/** A key of Annotate for a word, "3" or "Q 3"; empty for the first that is free. Who has it gives it up. */
const Hotkey = z.literal('').or(z.enum(hotkeys as [string, ...string[]]))

export const AttributeInfo = z.object({
  id: AttributeId,
  name: z.string(),
  /** Colour slot 0, 1, 2 ...; kept for life. 0-7 plain, 8-15 dashed, 16-23 dotted. */
  slot: z.int().min(0),
  group: z.string(),
  /** 'left' and 'right' attributes forbid flips. */
  side: z.enum(['none', 'left', 'right']),
  description: z.string(),
  /** The key that was chosen for it in Annotate; empty for the first that is free. */
  hotkey: z.string(),
  /** Lies under `/media/pictures/{picture}.webp`. */
  picture: PictureId.nullable(),
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
  attribute: Name,
  value: LabelValue,
  span: z
    .object({ from: Frame, to: Frame })
    .optional()
    .describe('Frames in which it is seen, both inclusive: of one video, and present'),
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

/** How videos are put into groups: one name for all, each by its folder, by UCF's names, or by what a regular expression finds in its name. */
export const GroupRule = z.discriminatedUnion('by', [
  z.object({ by: z.literal('none') }),
  z.object({ by: z.literal('name'), name: Name }),
  z.object({ by: z.literal('folder') }),
  z.object({ by: z.literal('ucf') }),
  z.object({ by: z.literal('pattern'), pattern: z.string().min(1).max(500) }),
])

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
  /** Where the file lies; null for those who only label. */
  path: z.string().nullable(),
  sha256: z.string(),
  codec: z.string(),
  decoder: z.string(),
  rotateClockwise: z.int(),
  variable: z.boolean(),
  badFrames: z.array(z.int()),
  notes: z.array(z.string()),
  /** Film, person or place that other videos may be of too; null for a video of its own. */
  group: z.string().nullable(),
  proxy: z.object({ width: z.int(), height: z.int(), fps: z.int() }).nullable(),
  /** Timestamp of each frame in ms, null where the file has none. */
  timestampsMs: z.array(z.number().nullable()),
  importedAt: z.number(),
})
export type VideoDetail = z.infer<typeof VideoDetail>

/** Which videos are meant. Within one list any entry will do, unless it says otherwise; lists and marks must all hold. */
export const VideoFilter = z.object({
  text: z.string().default('').describe('Words that must all stand in the names of video, class or attributes'),
  classes: z.array(ClassId).default([]),
  splits: z.array(z.enum(['train', 'test', 'none'])).default([]),
  /** Attributes that must be present. */
  attributes: z.array(AttributeId).default([]),
  attributesMatch: z.enum(['any', 'all']).default('all').describe('Whether one of the attributes will do'),
  annotation: z.array(z.enum(['new', 'partly', 'done'])).default([]),
  work: z.array(WorkState).default([]).describe('How far somebody is with the video; `new` where nobody began'),
  workOf: PersonId.nullable()
    .default(null)
    .describe('Whose work is meant: of anybody when left out; for annotators always their own'),
  problems: z.boolean().default(false).describe('Only those damaged, moved, or without class or split'),
  withoutBoxes: z.boolean().default(false).describe('Only those without any track'),
  readable: z.boolean().default(false).describe('Only those with pictures'),
})
export type VideoFilter = z.infer<typeof VideoFilter>

export const VideoSort = z.enum([
  'name',
  'newest',
  'class',
  'split',
  'attributes',
  'tracks',
  'frames',
  'fps',
  'size',
  'state',
])
export type VideoSort = z.infer<typeof VideoSort>

/** Videos in an order; ties stand in natural order of name, whatever the direction. */
export const VideoQuery = VideoFilter.extend({
  sort: VideoSort.default('name'),
  direction: z.enum(['up', 'down']).default('up'),
})
export type VideoQuery = z.infer<typeof VideoQuery>

/** Some of the videos that match: those from place `offset` on. */
export const VideoWindow = VideoQuery.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(200).describe('Most rows in one answer'),
})
export type VideoWindow = z.infer<typeof VideoWindow>

export const VideoPage = z.object({
  rows: z.array(VideoRow),
  /** All that match, on this page or not. */
  total: z.int(),
})
export type VideoPage = z.infer<typeof VideoPage>

/** How many of the videos that pass every other list of a filter each entry of one list would find. */
export const VideoFacets = z.object({
  /** Videos that match the whole filter. */
  matching: z.int(),
  annotation: z.object({ new: z.int(), partly: z.int(), done: z.int() }),
  splits: z.object({ train: z.int(), test: z.int(), none: z.int() }),
  /** A video on which several people work counts for each of their states. */
  work: z.record(WorkState, z.int()),
  /** For reviewers: everybody who said, submitted or skipped something, whatever the filter. */
  workers: z.array(z.object({ id: PersonId, name: z.string(), videos: z.int() })),
  classes: z.array(z.object({ id: ClassId, videos: z.int() })),
  attributes: z.array(z.object({ id: AttributeId, videos: z.int() })),
  /** Of the whole project, whatever the filter. */
  all: z.object({
    videos: z.int(),
    problems: z.int(),
    toLabel: z.int(),
    test: z.int(),
    testWithoutBoxes: z.int(),
  }),
})
export type VideoFacets = z.infer<typeof VideoFacets>

/** Where a video stands among those that match. */
export const VideoPlace = z.object({
  /** From 0; null where it does not match. */
  index: z.int().nullable(),
  total: z.int(),
  /** Of those that match, how many have every attribute answered. */
  done: z.int(),
  previous: VideoId.nullable(),
  next: VideoId.nullable(),
})
export type VideoPlace = z.infer<typeof VideoPlace>

/** Videos one by one, or all that match a filter but some. */
export const Chosen = z.union([
  z.array(VideoId).min(1),
  z.object({ filter: VideoFilter, except: z.array(VideoId).default([]) }),
])
export type Chosen = z.infer<typeof Chosen>

/** How many of some videos give each answer; those without one are the rest. */
export const AnswerCounts = z.object({
  videos: z.int(),
  /** Named, and not in the project any more. */
  gone: z.array(VideoId),
  attributes: z.array(z.object({ id: AttributeId, present: z.int(), absent: z.int(), unsure: z.int() })),
})
export type AnswerCounts = z.infer<typeof AnswerCounts>

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

/** Files of the same content that an import gives two classes or two splits; the video has neither until it is said. */
export const Contradiction = z.object({
  video: VideoId,
  name: z.string(),
  about: z.enum(['class', 'split']),
  /** In the order of the import: each file and what it says. */
  says: z.array(z.object({ path: z.string(), value: z.string() })),
})
export type Contradiction = z.infer<typeof Contradiction>

export const ImportReport = z.object({
  rows: z.array(ImportRow),
  imported: z.int(),
  damaged: z.int(),
  failed: z.int(),
  duplicate: z.int(),
  /** Lines of lists that name nothing, several videos, or what the other list names too. */
  unlisted: z.array(z.object({ path: z.string(), reason: z.string() })).default([]),
  contradictions: z.array(Contradiction).default([]),
})
export type ImportReport = z.infer<typeof ImportReport>

/** How class and split are found at import. */
export const ImportOptions = z.object({
  paths: z.array(z.string().min(1)).min(1),
  classFrom: z
    .enum(['none', 'folder', 'name'])
    .default('folder')
    .describe('Class from the folder a video lies in, or from the letters its name begins with'),
  class: Name.optional().describe('One class for all of them'),
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

/** What undo or redo did (null for nothing), and a sentence for each older step that had to be set aside for it. */
const Stepped = z.object({ label: z.string().nullable(), aside: z.array(z.string()) })

const Videos = z.object({ videos: Chosen })

export const library = {
  videos: forAnnotators
    .route({ method: 'POST', path: '/videos/query', summary: 'Videos that match' })
    .input(VideoWindow)
    .output(VideoPage),
  facets: forAnnotators
    .route({ method: 'POST', path: '/videos/facets', summary: 'What a filter would find' })
    .input(VideoFilter)
    .output(VideoFacets),
  place: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/place', summary: 'Where a video stands, and who stands beside it' })
    .input(VideoQuery.extend({ video: VideoId }))
    .output(VideoPlace),
  ids: forAnnotators
    .route({ method: 'POST', path: '/videos/ids', summary: 'The ids of the videos from one place to another' })
    .input(VideoQuery.extend({ from: z.int().min(0), to: z.int().min(0).describe('The last place, included') }))
    .output(z.array(VideoId)),
  answers: forReviewers
    .route({ method: 'POST', path: '/videos/answers', summary: 'What is said of many videos' })
    .input(Videos)
    .output(AnswerCounts),
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
        /** Lists of train and test videos that lie beside them; offered, never taken unasked. */
        lists: z.array(z.object({ path: z.string(), split: Split })),
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
  setGroup: forReviewers
    .route({ method: 'POST', path: '/videos/group', summary: 'Say which videos are of one film, person or place' })
    .input(z.object({ videos: Chosen.optional().describe('All when left out'), rule: GroupRule }))
    .output(z.object({ videos: z.int(), groups: z.int(), leaking: z.array(z.string()) })),
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
    .input(z.object({ name: Name }))
    .output(ClassInfo),
  renameClass: forReviewers
    .route({ method: 'POST', path: '/classes/{id}/name', summary: 'Rename a class' })
    .input(z.object({ id: ClassId, name: Name }))
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
        name: Name,
        group: Name.or(z.literal('')).default(''),
        side: z.enum(['none', 'left', 'right']).default('none'),
        description: z.string().max(10_000).default(''),
      }),
    )
    .output(AttributeInfo),
  updateAttribute: forReviewers
    .route({ method: 'POST', path: '/attributes/{id}', summary: 'Change a word of the vocabulary' })
    .input(
      z.object({
        id: AttributeId,
        name: Name.optional(),
        group: Name.or(z.literal('')).optional(),
        side: z.enum(['none', 'left', 'right']).optional(),
        description: z.string().max(10_000).optional(),
        hotkey: Hotkey.optional(),
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
  undo: forReviewers.route({ method: 'POST', path: '/library/undo', summary: 'Undo in the library' }).output(Stepped),
  redo: forReviewers.route({ method: 'POST', path: '/library/redo', summary: 'Redo in the library' }).output(Stepped),
}
