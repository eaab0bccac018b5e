import { z } from 'zod'
import { JobId, RunId, VideoId } from './ids'

/**
 * Failures a person can act on: the sentence they read (what, why, what to do), the HTTP status of the same failure over
 * the network, and the data a script gets. One entry serves the contract, the service, the screen and the command line.
 */
export const failures = {
  NO_PROJECT: {
    status: 409,
    message: 'No project is open. Open one, make a new one, or start the quick tour.',
    data: z.object({}),
  },
  PROJECT_NOT_FOUND: {
    status: 404,
    message:
      'There is no project in this folder. Choose a folder that holds a project.db, or make a new project there.',
    data: z.object({ path: z.string() }),
  },
  PROJECT_EXISTS: {
    status: 409,
    message: 'This folder already holds a project or other files. Open it, or choose an empty folder.',
    data: z.object({ path: z.string() }),
  },
  PROJECT_FROM_FUTURE: {
    status: 409,
    message:
      'This project was written by a newer version of the studio and was not touched. Update the studio, or restore a backup that an older version made (Restore a backup, or `whynot restore`).',
    data: z.object({ path: z.string(), version: z.number(), supported: z.number() }),
  },
  PROJECT_DAMAGED: {
    status: 409,
    message:
      'project.db is not a project database or is damaged; nothing was written to it. Restore a backup (here, or with `whynot restore`); what can still be read of it stands among them.',
    data: z.object({ path: z.string(), reason: z.string(), recovered: z.string().nullish() }),
  },
  NOT_LAST_STEP: {
    status: 409,
    message: 'Something else was done in the library since. Take that back first: Undo in the library says what it is.',
    data: z.object({ last: z.string().nullable() }),
  },
  PROJECT_GONE: {
    status: 410,
    message:
      'The project is no longer where it was opened: its folder was moved or deleted, or another one lies in its place. This change was not saved. Put the folder back, or save the project elsewhere, and do it again.',
    data: z.object({ path: z.string() }),
  },
  DATABASE_BUSY: {
    status: 409,
    message: 'Another studio is writing to this project. Close it there, then try again; nothing was changed.',
    data: z.object({ path: z.string() }),
  },
  NOT_ALLOWED: {
    status: 403,
    message: 'Your role in this project does not allow this. Ask its owner to do it, or to change your role.',
    data: z.object({ role: z.string(), needs: z.string() }),
  },
  FOLDER_NOT_FOUND: {
    status: 404,
    message: 'There is no such folder, or it may not be read. Check the path, or choose another.',
    data: z.object({ path: z.string() }),
  },
  OUT_OF_REACH: {
    status: 403,
    message:
      'This path may not be used over this server. Choose one in the folders that `whynot serve --root` names, or use the studio at its own machine.',
    data: z.object({ path: z.string(), roots: z.array(z.string()) }),
  },
  DISK_FULL: {
    status: 507,
    message: 'The disk is full. Make room, then try again; nothing half done was left.',
    data: z.object({ path: z.string() }),
  },
  FOLDER_NOT_WRITABLE: {
    status: 409,
    message: 'This folder cannot be written to. Choose another, or change its permissions.',
    data: z.object({ path: z.string(), reason: z.string() }),
  },
  NOT_LET_IN: {
    status: 401,
    message: 'The studio does not know who asks. Open it with a personal link, or send a token as a bearer.',
    data: z.object({}),
  },
  PORT_IN_USE: {
    status: 409,
    message:
      'Another program already listens on this port. Choose another with --port, or leave it out for a free one.',
    data: z.object({ port: z.number() }),
  },
  NOT_FOUND: {
    status: 404,
    message: 'What was asked for is no longer there. Reload the page; somebody may have deleted it.',
    data: z.object({ kind: z.string(), id: z.string() }),
  },
  PATH_NOT_FOUND: {
    status: 404,
    message: 'There is no such file or folder; nothing was imported. Check the path.',
    data: z.object({ path: z.string() }),
  },
  UNKNOWN_NAME: {
    status: 404,
    message: 'There is nothing of this name in the project. Check the spelling against the list given.',
    data: z.object({ kind: z.string(), name: z.string(), known: z.array(z.string()) }),
  },
  NAME_TAKEN: {
    status: 409,
    message: 'This name is already in use. Choose another.',
    data: z.object({ kind: z.string(), name: z.string() }),
  },
  VIDEO_MOVED: {
    status: 409,
    message: 'The video file is not where it was imported from. Choose Relink in its card and point to it.',
    data: z.object({ video: VideoId, path: z.string() }),
  },
  OTHER_CONTENT: {
    status: 409,
    message:
      'This file holds another video than the one imported, so its labels and boxes would not fit. Choose the original file, or import this one as a new video.',
    data: z.object({ path: z.string(), name: z.string() }),
  },
  VIDEO_UNREADABLE: {
    status: 422,
    message: 'This file could not be read as a video. The reason stands beside it; convert it, or leave it out.',
    data: z.object({ path: z.string(), reason: z.string() }),
  },
  PICTURE_UNUSABLE: {
    status: 422,
    message: 'This picture cannot be used; nothing was changed. The reason stands beside it. Take another file.',
    data: z.object({ reason: z.string() }),
  },
  DECODER_MISSING: {
    status: 409,
    message:
      'The decoder that was asked for is not on this machine. Choose the other one, or install ffmpeg and set FFMPEG_PATH to it.',
    data: z.object({ decoder: z.string(), reason: z.string() }),
  },
  FRAME_NOT_THERE: {
    status: 404,
    message: 'The video has no such frame. Frames are counted from 0 to one less than their number.',
    data: z.object({ frame: z.number(), frames: z.number() }),
  },
  EMPTY_QUEUE: {
    status: 422,
    message: 'There is no video for this queue any more. Choose others in the library.',
    data: z.object({ name: z.string() }),
  },
  NOTHING_TO_IMPORT: {
    status: 422,
    message: 'No video was found there. Give video files, folders of videos, or folders of numbered pictures.',
    data: z.object({ paths: z.array(z.string()) }),
  },
  FORMAT_UNKNOWN: {
    status: 422,
    message:
      'No format that the studio reads fits this file; nothing was imported. Choose the format yourself, or convert the file to one of the list.',
    data: z.object({ path: z.string(), known: z.array(z.string()) }),
  },
  CLASS_EMPTY: {
    status: 422,
    message: 'A class has no training videos. Give it videos, or delete the class, then start again.',
    data: z.object({ classes: z.array(z.string()) }),
  },
  TOO_FEW_CLASSES: {
    status: 422,
    message:
      'A classifier needs at least two classes with training videos. Set class and split of more videos in the Library, or import them with --split train; the classes below have some.',
    data: z.object({ classes: z.array(z.string()) }),
  },
  NO_ATTRIBUTES: {
    status: 422,
    message:
      'No training video has an attribute, so there is nothing an explanation could say. Add attributes in Annotate or with `whynot label`.',
    data: z.object({}),
  },
  NO_CLASSIFIER: {
    status: 409,
    message: 'There is no finished classifier to explain. Train one first.',
    data: z.object({}),
  },
  NO_EXPLAINER: {
    status: 409,
    message: 'There is no finished explanation model. Train one first.',
    data: z.object({}),
  },
  RUN_NOT_FINISHED: {
    status: 409,
    message: 'This run has no finished model yet. Wait until it is done, or choose another.',
    data: z.object({ run: RunId, state: z.string() }),
  },
  SAME_CLASS: {
    status: 422,
    message: 'A and B are the same class. Choose another class for B.',
    data: z.object({ class: z.string() }),
  },
  NOTHING_TO_EVALUATE: {
    status: 422,
    message:
      'No video of this split can be evaluated with these settings. Choose another split, or give test videos classes and attributes.',
    data: z.object({ split: z.string() }),
  },
  TRAINING_DIVERGED: {
    status: 422,
    message:
      'The loss is no longer a number, or has grown beyond use. Use the Recommended preset, a smaller learning rate, or gradient clipping.',
    data: z.object({ step: z.number() }),
  },
  TRAINING_COLLAPSED: {
    status: 422,
    message:
      'The attribute weights shrank to nothing, so every score is 0. Use a larger feature scale, fewer steps, or a smaller learning rate.',
    data: z.object({ step: z.number(), rms: z.number() }),
  },
  OUT_OF_MEMORY: {
    status: 507,
    message: 'One step does not fit the memory budget. Use a smaller batch, picture size or width, or a larger budget.',
    data: z.object({ needed: z.number(), budget: z.number() }),
  },
  MODEL_UNFIT: {
    status: 422,
    message:
      'This model cannot be explained as it is. The line below names what it lacks; export it again, or choose other layers.',
    data: z.object({ path: z.string(), reason: z.string() }),
  },
  RUN_DAMAGED: {
    status: 422,
    message:
      'A file of this run is missing or is not what training wrote. The line below names it. Put it back from a copy of the project, or train or import the run again.',
    data: z.object({ run: z.string(), path: z.string(), reason: z.string() }),
  },
  QUEUE_AWAY: {
    status: 503,
    message:
      'The Redis that holds the jobs does not answer. Start it, or check its address and password; what is there is kept, and work goes on by itself.',
    data: z.object({ url: z.string(), reason: z.string() }),
  },
  WORKER_VERSION: {
    status: 409,
    message:
      'This worker is of another version than the studio, and its numbers might be others. Put the same version on both machines.',
    data: z.object({ studio: z.string(), worker: z.string() }),
  },
  WORKER_TOKEN: {
    status: 401,
    message:
      'The studio does not know the token of this worker. Take the start command that the studio shows under Train, Workers.',
    data: z.object({}),
  },
  WORKER_NO_ROOM: {
    status: 507,
    message:
      'There is no room on the disk of this worker for the files of its next job. Make room there, or start it with another --cache folder; the job waits for another worker.',
    data: z.object({ path: z.string(), needed: z.number(), free: z.number() }),
  },
  JOB_LOST: {
    status: 410,
    message:
      'This job is no longer that worker’s: it was silent for too long, and another one has it, or it was stopped.',
    data: z.object({ job: z.string() }),
  },
  JOB_ELSEWHERE: {
    status: 409,
    message:
      'This work lies in a Redis, and the studio was started without it. Start it as before, with whynot serve --redis and the address: the work goes on by itself. If that Redis is gone, delete this and start it again.',
    data: z.object({ job: JobId }),
  },
  JOB_NOT_RUNNING: {
    status: 409,
    message: 'This job has already ended.',
    data: z.object({ job: JobId, state: z.string() }),
  },
  INTERRUPTED: { status: 499, message: 'Stopped on request. What was finished is kept.', data: z.object({}) },
  ITEM_NOT_YOURS: {
    status: 409,
    message: 'This item was not given to you, or you have answered or skipped it already. Ask for the next one.',
    data: z.object({ item: z.string() }),
  },
  ITEM_GONE: {
    status: 410,
    message:
      'The video of this item was taken out of the project meanwhile. Go on with the next one; what you answered is kept, should it come back.',
    data: z.object({ item: z.string() }),
  },
  ANSWERS_MISSING: {
    status: 422,
    message: 'Some words are not answered yet; the line below names them. `unsure` is an answer too.',
    data: z.object({ attributes: z.array(z.string()) }),
  },
  CAMPAIGN_EMPTY: {
    status: 422,
    message:
      'There is nothing to ask: no video matches, or the vocabulary is empty, or (for boxes) no matching video has one of the attributes. Change the filter or the attributes, then open the campaign again.',
    data: z.object({ campaign: z.string() }),
  },
  CAMPAIGN_STATE: {
    status: 409,
    message: 'This cannot be done in the state the campaign is in. The line below says why.',
    data: z.object({ state: z.string(), reason: z.string() }),
  },
  BAD_SETTING: {
    status: 422,
    message: 'A setting is outside its bounds. The line below names it and what it takes.',
    data: z.object({ setting: z.string(), reason: z.string() }),
  },
  INTERNAL: {
    status: 500,
    message: 'Something went wrong inside the studio; nothing was lost. The log file names it under this id.',
    data: z.object({ id: z.string(), reason: z.string() }),
  },
} as const satisfies Record<string, { status: number; message: string; data: z.ZodType }>

export type FailureCode = keyof typeof failures
export type DataOf<C extends FailureCode> = z.infer<(typeof failures)[C]['data']>

/** A failure a person can act on. `message` is the catalogue's sentence; `data` says which. */
export class Failure<C extends FailureCode = FailureCode> extends Error {
  readonly code: C
  readonly data: DataOf<C>

  constructor(code: C, data: DataOf<C>, why?: ErrorOptions) {
    super(failures[code].message, why)
    this.name = 'Failure'
    this.code = code
    this.data = data
  }
}

/** The same failure after it crossed a process border as plain data, or null when it is not one of ours. */
export function failureFrom(value: { code?: unknown; data?: unknown }): Failure | null {
  if (typeof value.code !== 'string' || !(value.code in failures)) return null
  const code = value.code as FailureCode
  const data = failures[code].data.safeParse(value.data)
  return data.success ? new Failure(code, data.data as never) : null
}
