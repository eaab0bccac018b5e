import type { Outcome } from '@shared/contract/evaluation'
import { Failure } from '@shared/failures'
import type { z } from 'zod'
import type { NeutralAttribute, NeutralPrior, NeutralTrack, NeutralVideo, RowNote } from './dataset'
import type { Sample, Source } from './source/source'

/** How sure a format is that a file is its own, 0 to 1, and what it saw. */
export interface Detection {
  confidence: number
  why: string
}

/**
 * A piece of a data set, as it comes out of a file. Nothing need come in order, and a video may come in several pieces:
 * what is said of it adds up. `line`: where it stands in the file, from 1; null where the file has no lines.
 */
export type Part =
  | { kind: 'class'; name: string }
  | { kind: 'attribute'; attribute: NeutralAttribute }
  | { kind: 'prior'; prior: NeutralPrior; line: number | null }
  | { kind: 'video'; video: NeutralVideo; line: number | null }

/** A video of the project, for formats that speak in percent, in seconds, or without lengths. */
export interface KnownVideo {
  name: string
  frames: number
  width: number
  height: number
  fps: number
  /** Per frame; null where the file has none. */
  timestampsMs(): readonly (number | null)[]
}

/** What a reader may ask, and where it says what it left out. */
export interface Reading {
  /** The video of the project that the file means by this name; null where there is none or more than one. */
  video(name: string): KnownVideo | null
  /** Counts rows (lines, boxes, shapes: what the file is made of) as read. */
  read(rows: number): void
  note(note: RowNote): void
  /** Counts something the file says that has no place in a project, such as an attribute of single boxes. */
  lose(what: string, count?: number): void
  readonly signal: AbortSignal
}

/** One output of an evaluation, in words (`shared/contract/evaluation.ts` says what each is). */
export interface WrittenOutcome extends Omit<Outcome, 'id' | 'video' | 'videoName' | OutcomeWords | 'mark'> {
  evaluation: string
  run: string
  video: string
  label: string | null
  pos: string
  neg: string
  attribute: string
  covers: string | null
  /** Why somebody said it is wrong; null where nobody did. */
  cause: string | null
}
type OutcomeWords = 'label' | 'pos' | 'neg' | 'attribute' | 'covers'

/** All there is to write, in a fixed order. Videos come one at a time and carry frames, width, height and fps. */
export interface Contents {
  classes: readonly string[]
  attributes: readonly NeutralAttribute[]
  priors: readonly NeutralPrior[]
  videoCount: number
  /** @param only videos of names for which it is true; all when left out */
  videos(only?: (name: string) => boolean): Iterable<NeutralVideo>
  /** What evaluations measured, oldest first. */
  outcomes(): Iterable<WrittenOutcome>
  /** A video of `videos` by its name. */
  known(name: string): KnownVideo | null
}

/** A file to write: one alone has the path ''. */
export interface OutFile {
  path: string
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>
}

interface FormatDefinition<Options extends z.ZodObject> {
  /** Short and stable: the word of the command line. */
  name: string
  /** As people call it. */
  title: string
  /** With the dot, lower case, the one written first. */
  extensions: readonly string[]
  /** What can be said about a file of this format; every field has a default and a description. */
  options: Options
  /** Sentences: what a written file does not hold. */
  losses: readonly string[]
  /** Whether a written file holds what several people say of the same thing; false where left out. */
  people?: boolean
  /** Whether a written file holds answers of spans of a video; where left out, it gets those of whole videos alone. */
  spans?: boolean
  /** Looks at a file without reading it; null where it is surely another's. */
  detect(sample: Sample): Detection | null
  read?(source: Source, options: z.output<Options>, reading: Reading): AsyncIterable<Part>
  /** The same contents give the same bytes. */
  write?(contents: Contents, options: z.output<Options>): Iterable<OutFile>
}

/** A format as the registry knows it. One that cannot be read or written has null there. */
export interface Format {
  readonly name: string
  readonly title: string
  readonly extensions: readonly string[]
  readonly options: z.ZodObject
  readonly losses: readonly string[]
  readonly people: boolean
  readonly spans: boolean
  detect(sample: Sample): Detection | null
  /** Throws Failure BAD_SETTING for options outside their bounds, and what the reading itself throws. */
  readonly read: ((source: Source, options: unknown, reading: Reading) => AsyncIterable<Part>) | null
  readonly write: ((contents: Contents, options: unknown) => Iterable<OutFile>) | null
}

export function defineFormat<Options extends z.ZodObject>(definition: FormatDefinition<Options>): Format {
  const { name, title, extensions, options, people = false, spans = false, read, write } = definition
  const losses = write && !spans ? [...definition.losses, spansLost] : definition.losses
  return {
    name,
    title,
    extensions,
    options,
    losses,
    people,
    spans,
    detect: (sample) => definition.detect(sample),
    read: read ? (source, given, reading) => read(source, checked(options, given), reading) : null,
    write: write ? (contents, given) => write(spans ? contents : wholeOnly(contents), checked(options, given)) : null,
  }
}

const whatSpansAre = 'from which frame to which an attribute is seen'

/** What a file without spans does not hold. */
export const spansLost = `spans: ${whatSpansAre}`

/** The same, counted. */
export function lostSpans(count: number): string {
  return `${count} ${count === 1 ? 'span' : 'spans'}: ${whatSpansAre}`
}

/** The same without what is said of spans. */
function wholeOnly(contents: Contents): Contents {
  return {
    ...contents,
    *videos(only) {
      for (const video of contents.videos(only))
        yield { ...video, answers: video.answers.filter(({ span }) => span === null) }
    },
  }
}

/** A video that says only what its name is. */
export function bareVideo(name: string, values: Partial<NeutralVideo> = {}): NeutralVideo {
  const unsaid = { sha256: null, path: null, class: null, split: null, group: null }
  return { name, ...unsaid, frames: null, width: null, height: null, fps: null, answers: [], tracks: [], ...values }
}

/** A video and its tracks, each a part of its own: no more than one need be in memory. */
export function* partsOfVideo(video: NeutralVideo, tracks: Iterable<NeutralTrack>): Generator<Part> {
  yield { kind: 'video', line: null, video }
  for (const track of tracks) yield { kind: 'video', line: null, video: bareVideo(video.name, { tracks: [track] }) }
}

/** What was given, by what can be said. Throws Failure BAD_SETTING. */
export function checked<Options extends z.ZodObject>(schema: Options, given: unknown): z.output<Options> {
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const setting = String(issue?.path[0] ?? 'options')
  throw new Failure('BAD_SETTING', { setting, reason: issue?.message ?? 'it is outside its bounds' })
}
