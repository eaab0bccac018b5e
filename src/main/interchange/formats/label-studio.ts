import { z } from 'zod'
import { Failure } from '@shared/failures'
import type { Keyframe } from '@shared/geometry/track'
import type { NeutralAnswer, NeutralTrack, NeutralVideo } from '@main/interchange/dataset'
import { type Contents, type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { shownFrames } from '@main/interchange/kit/dense-track'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { type WrittenFrames, framesOption } from '@main/interchange/kit/frames-option'
import { jsonParts } from '@main/interchange/kit/json-stream'
import { actorWord, answer, trackNamed, wordOf } from '@main/interchange/kit/said'
import { wrongIn } from '@main/interchange/kit/wrong-in'
import { xmlText } from '@main/interchange/kit/xml-stream'
import { sampleOf } from '@main/interchange/source/source'

const Item = z.object({
  frame: z.number(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number().nullish(),
  enabled: z.boolean().default(true),
})
type Item = z.infer<typeof Item>

const Result = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  type: z.string(),
  from_name: z.string().optional(),
  value: z.record(z.string(), z.unknown()),
})
type Result = z.infer<typeof Result>

const Annotation = z.object({
  completed_by: z.unknown().optional(),
  was_cancelled: z.boolean().nullish(),
  created_at: z.string().nullish(),
  result: z.array(z.unknown()).default([]),
})
type Annotation = z.infer<typeof Annotation>

const Task = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(z.unknown()).optional(),
  completions: z.array(z.unknown()).optional(),
})

/**
 * Label Studio's JSON export of video tasks (labelstud.io/guide/export): frames from 1, boxes in percent. An entry with
 * `enabled: false` still shows the object, which is gone in the next frame. Each annotation of a task is somebody's own.
 */
export const labelStudio = defineFormat({
  name: 'label-studio',
  title: 'Label Studio JSON',
  extensions: ['.json'],
  options: z.object({
    encoding: encodingOption,
    cancelled: z.boolean().default(false).meta({
      title: 'Cancelled annotations too',
      description: 'Take annotations that were cancelled, too',
      on: 'read',
    }),
    frames: framesOption('keyframes'),
    withInterface: z.boolean().default(false).meta({
      title: 'With the labelling interface',
      description: 'Write a folder: tasks.json, and interface.xml with the labelling interface a new project needs',
      on: 'write',
    }),
  }),
  people: true,
  spans: true,
  losses: [
    'whether a box is occluded',
    'groups, sides and descriptions of attributes',
    'splits, groups and classes of videos',
  ],
  detect({ isFolder, text }) {
    if (isFolder || !/^\s*\[?\s*\{/.test(text)) return null
    const looks =
      /"annotations"\s*:|"completions"\s*:/.test(text) &&
      /"(videorectangle|timelinelabels)"|"data"\s*:\s*\{\s*"video/.test(text)
    return looks ? { confidence: 0.93, why: 'it is a list of tasks with annotations of a video' } : null
  },
  async *read(source, { encoding, cancelled }, reading) {
    let position = 0
    // One task alone stands without its list.
    const isList = !/^\s*\{/.test((await sampleOf(source)).text)
    for await (const { value } of jsonParts(source, [isList ? '$.*' : '$'], encoding)) {
      position++
      yield* taskParts(value, { position, cancelled, reading })
    }
  },
  *write(contents, { frames, withInterface }) {
    yield { path: withInterface ? 'tasks.json' : '', chunks: tasks(contents, frames) }
    if (withInterface) yield { path: 'interface.xml', chunks: [labellingInterface(contents)] }
  },
})

interface About {
  position: number
  cancelled: boolean
  reading: Reading
}

function* taskParts(value: unknown, { position, cancelled, reading }: About): Generator<Part> {
  const skip = (reason: string) => reading.note({ kind: 'skipped', line: null, reason: `task ${position}: ${reason}` })
  const task = Task.safeParse(value)
  if (!task.success) return skip(`it cannot be read: ${wrongIn(task.error)}`)
  const url = Object.values(task.data.data).find((one): one is string => typeof one === 'string')
  if (!url) return skip('its data name no video')
  const name = nameOf(url)
  for (const one of task.data.annotations ?? task.data.completions ?? []) {
    const annotation = Annotation.safeParse(one)
    if (!annotation.success) {
      skip(`an annotation cannot be read: ${wrongIn(annotation.error)}`)
      continue
    }
    if (annotation.data.was_cancelled && !cancelled) {
      skip('an annotation was cancelled')
      continue
    }
    yield { kind: 'video', line: null, video: videoOf(name, annotation.data, { skip, reading }) }
  }
}

/** The last part of an address or path, without what the server put before it. */
function nameOf(url: string): string {
  const path = url.replace(/[?#].*$/, '')
  const last = path.split(/[\\/]/).at(-1) || path
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

function videoOf(
  name: string,
  { completed_by, created_at, result }: Annotation,
  tools: { skip: (reason: string) => void; reading: Reading },
): NeutralVideo {
  const at = created_at ? Date.parse(created_at) : Number.NaN
  const said = { person: personOf(completed_by), at: Number.isNaN(at) ? null : at }
  const known = tools.reading.video(name)
  const video = bareVideo(name)
  const results = result.flatMap((one) => {
    const parsed = Result.safeParse(one)
    if (!parsed.success) tools.skip(`a result cannot be read: ${wrongIn(parsed.error)}`)
    return parsed.success ? [parsed.data] : []
  })
  const regions = new Set(results.flatMap(({ id, type }) => (type === 'videorectangle' ? [id] : [])))
  for (const one of results) {
    const isOfBox = one.id !== undefined && regions.has(one.id)
    if (one.type === 'videorectangle') video.tracks.push(...tracksOf(one, { said, size: known, ...tools }))
    else if (isOfBox) tools.reading.lose(`what ${JSON.stringify(one.from_name ?? one.type)} says of single boxes`)
    else if (one.type === 'choices' || one.type === 'timelinelabels')
      video.answers.push(...answersOf(one).map((each) => ({ ...each, ...said })))
    else tools.reading.lose(`${one.type} of whole videos`)
  }
  return video
}

function personOf(by: unknown): string | null {
  if (typeof by === 'number' || typeof by === 'string') return String(by)
  const parsed = z.object({ email: z.string().optional(), id: z.number().optional() }).safeParse(by)
  if (!parsed.success) return null
  return parsed.data.email ?? (parsed.data.id === undefined ? null : String(parsed.data.id))
}

interface TrackTools {
  said: { person: string | null; at: number | null }
  size: { width: number; height: number } | null
  skip: (reason: string) => void
  reading: Reading
}

function tracksOf({ id, value }: Result, { said, size, skip, reading }: TrackTools): NeutralTrack[] {
  const items = z.array(Item).safeParse(value.sequence)
  if (!items.success || items.data.length === 0) return (skip('a track in it has no boxes'), [])
  reading.read(items.data.length)
  if (!size) return (skip('boxes are in percent, and the project does not know the video'), [])
  const labels = [value.labels ?? value.rectanglelabels].flat().filter((one): one is string => typeof one === 'string')
  if (items.data.some(({ rotation }) => rotation))
    reading.note({ kind: 'clamped', line: null, reason: 'a turned box is taken upright' })
  const keyframes = keyframesOf(items.data, size)
  return [trackNamed(labels[0] ?? 'object', keyframes, { ...said, name: id === undefined ? null : String(id) })]
}

/** `enabled: false` at F (from 1): seen in frame F - 1 (from 0), and gone in the next. */
function keyframesOf(items: readonly Item[], { width, height }: { width: number; height: number }): Keyframe[] {
  const sorted = [...items].sort((a, b) => a.frame - b.frame)
  return sorted.flatMap(({ frame, x, y, width: w, height: h, enabled }, i) => {
    const box = {
      x1: (x / 100) * width,
      y1: (y / 100) * height,
      x2: ((x + w) / 100) * width,
      y2: ((y + h) / 100) * height,
    }
    const seen = { frame: frame - 1, box, outside: false, occluded: false }
    const isNext = sorted[i + 1]?.frame === frame + 1
    return enabled || isNext ? [seen] : [seen, { ...seen, frame, outside: true }]
  })
}

/** Choices of a whole video as answers: the choice itself, or what is asked and its answer. */
function answersOf({ type, from_name, value }: Result): NeutralAnswer[] {
  if (type === 'timelinelabels') {
    const ranges = z.array(z.object({ start: z.int(), end: z.int() })).safeParse(value.ranges).data ?? []
    const words = z.array(z.string()).safeParse(value.timelinelabels).data ?? []
    return words.flatMap((word) =>
      ranges.map(({ start, end }) => answer(word, 'present', { span: { from: start - 1, to: end - 1 } })),
    )
  }
  const choices = z.array(z.string()).safeParse(value.choices).data ?? []
  const asked = /^attribute-(present|absent|unsure)$/.exec(from_name ?? '')?.[1] as
    'present' | 'absent' | 'unsure' | undefined
  return choices.map((choice) => answer(choice, asked ?? 'present'))
}

/**
 * The labelling interface that a project of Label Studio needs for a file written here (labelstud.io/tags/videorectangle):
 * a tag for each name that the results speak of.
 */
function labellingInterface({ attributes }: Pick<Contents, 'attributes'>): string {
  const words = [...attributes.map(({ name }) => name), actorWord].map(xmlText)
  const each = (tag: string) => words.map((word) => `<${tag} value="${word}"/>`).join('')
  const choices = (['present', 'absent', 'unsure'] as const).map(
    (value) => `<Choices name="attribute-${value}" toName="video" choice="multiple">${each('Choice')}</Choices>`,
  )
  return [
    '<View>',
    '<Video name="video" value="$video"/>',
    `<Labels name="word" toName="video" allowEmpty="true">${each('Label')}</Labels>`,
    '<VideoRectangle name="box" toName="video"/>',
    `<TimelineLabels name="span" toName="video">${each('Label')}</TimelineLabels>`,
    ...choices,
    '</View>',
    '',
  ].join('\n')
}

function* tasks({ videos }: Contents, written: WrittenFrames): Generator<string> {
  yield '['
  let id = 0
  for (const video of videos()) {
    yield `${id === 0 ? '' : ','}\n${JSON.stringify(taskOf(video, ++id, written))}`
  }
  yield '\n]\n'
}

function taskOf(video: NeutralVideo, id: number, written: WrittenFrames) {
  const people = [...new Set([...video.answers, ...video.tracks].map(({ person }) => person))]
  const annotations = people.map((person, i) => {
    const results = [
      ...video.tracks
        .filter((one) => one.person === person)
        .map((track, k) => trackResult(video, track, { id: `t${i}_${k}`, written })),
      ...answerResults(
        video.answers.filter((one) => one.person === person),
        i,
      ),
    ]
    return {
      id: id * 1000 + i,
      completed_by: person === null ? null : { email: person },
      was_cancelled: false,
      ground_truth: false,
      result: results,
    }
  })
  return { id, data: { video: video.name }, annotations, predictions: [] }
}

function trackResult(
  video: NeutralVideo,
  track: NeutralTrack,
  { id, written }: { id: string; written: WrittenFrames },
) {
  const { name, width, height, frames, fps } = video
  if (!width || !height)
    throw new Failure('BAD_SETTING', {
      setting: 'videos',
      reason: `${name} has no picture size, and boxes are written in percent`,
    })
  const value = {
    framesCount: frames ?? 0,
    duration: fps && frames ? frames / fps : 0,
    sequence: [...entriesOf(track, video, written)],
    labels: [wordOf(track)],
  }
  const size = { original_width: width, original_height: height }
  return { id, type: 'videorectangle', from_name: 'box', to_name: 'video', origin: 'manual', ...size, value }
}

/** The entry before a gap is where the object is last seen; a key frame further back gets one more entry there. */
function* entriesOf({ keyframes }: NeutralTrack, video: NeutralVideo, written: WrittenFrames) {
  const ends = new Set(keyframes.filter(({ outside }) => outside).map(({ frame }) => frame - 1))
  for (const { frame, box, isKeyframe } of shownFrames(keyframes, video.frames ?? 0))
    if (isKeyframe || ends.has(frame) || written === 'every')
      yield entry({ frame, box, enabled: !ends.has(frame) }, video)
}

function entry(
  { frame, box, enabled }: { frame: number; box: Keyframe['box']; enabled: boolean },
  { width, height, fps }: NeutralVideo,
) {
  const across = (value: number) => (value / (width ?? 1)) * 100
  const down = (value: number) => (value / (height ?? 1)) * 100
  return {
    frame: frame + 1,
    enabled,
    rotation: 0,
    x: across(box.x1),
    y: down(box.y1),
    width: across(box.x2 - box.x1),
    height: down(box.y2 - box.y1),
    time: fps ? (frame + 1) / fps : 0,
  }
}

function answerResults(answers: readonly NeutralAnswer[], person: number) {
  const whole = Map.groupBy(
    answers.filter(({ span }) => span === null),
    ({ value }) => value,
  )
  const choices = [...whole].map(([value, said]) => {
    const id = `a${person}_${value}`
    return {
      id,
      type: 'choices',
      from_name: `attribute-${value}`,
      to_name: 'video',
      value: { choices: said.map(({ attribute }) => attribute) },
    }
  })
  const spans = answers.flatMap(({ attribute, span }, i) => {
    if (!span) return []
    const value = { ranges: [{ start: span.from + 1, end: span.to + 1 }], timelinelabels: [attribute] }
    return [{ id: `s${person}_${i}`, type: 'timelinelabels', from_name: 'span', to_name: 'video', value }]
  })
  return [...choices, ...spans]
}
