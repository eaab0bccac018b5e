import { owner } from '@shared/actor'
import type { PersonId } from '@shared/ids'
import type { VideoId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'
import type { Place } from '@main/store/repositories/answer-repository'
import type { LabelRow } from '@main/store/repositories/label-repository'
import type { WholeSpan } from '@main/store/repositories/span-repository'
import { type WholeTrack, confirmed } from '@main/store/repositories/track-repository'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import type { NeutralVideo } from './dataset'
import type { Contents, WrittenOutcome } from './format'
import type { Whose } from './voices'

/** Videos whose labels and boxes are in memory at a time. */
const atATime = 100

interface Words {
  classes: ReadonlyMap<string, string>
  attributes: ReadonlyMap<string, string>
  /** Order of the vocabulary, by id. */
  order: ReadonlyMap<string, number>
}

/**
 * A project as formats write it: videos in natural order, answers in the vocabulary's, tracks by first frame, so that
 * equal projects give equal files. Videos are read some at a time.
 * @param only these videos; all when left out
 * @param whose answers and boxes; the consensus when left out
 */
export function contentsOf(
  stored: Repositories,
  { only, whose = { kind: 'consensus' } }: { only?: readonly VideoId[] | undefined; whose?: Whose } = {},
): Contents {
  const classes = stored.classes.rows()
  const attributes = stored.attributes.rows()
  const chosen = only && new Set(only)
  const videos = stored.videos.all().filter(({ id }) => !chosen || chosen.has(id))
  const byName = new Map(videos.map((video) => [video.name, video]))
  const words = {
    classes: new Map(classes.map(({ id, name }) => [id, name] as const)),
    attributes: new Map(attributes.map(({ id, name }) => [id, name] as const)),
    order: new Map(attributes.map(({ id }, i) => [id, i] as const)),
  }
  return {
    classes: classes.map(({ name }) => name),
    attributes: attributes.map(({ name, group, side, description }) => ({ name, group, side, description })),
    priors: [],
    videoCount: videos.length,
    videos: (isWanted) => {
      const some = isWanted ? videos.filter(({ name }) => isWanted(name)) : videos
      return neutralVideos(some, words, (ids) => saidOf(stored, ids, whose))
    },
    outcomes: () => outcomesOf(stored, words),
    known: (name) => {
      const video = byName.get(name)
      if (!video) return null
      const { id, frames, width, height, fps } = video
      return { name, frames, width, height, fps, timestampsMs: () => stored.videos.frameTable(id).timestampsMs }
    },
  }
}

/** Something said of a video, and when; null where that was not kept. */
type Stated = LabelRow & { at: number | null }

interface SaidOfVideos {
  labels: readonly Stated[]
  tracks: readonly WholeTrack[]
  spans: readonly WholeSpan[]
}

function saidOf(stored: Repositories, ids: readonly VideoId[], whose: Whose): SaidOfVideos {
  const said = stored.answers.ofVideos(ids)
  if (whose.kind === 'consensus') {
    const times = new Map(said.map((one) => [placeOf(one), one.at]))
    const labels = stored.labels
      .ofVideos(ids)
      .map((row) => ({ ...row, at: times.get(placeOf({ ...row, person: row.annotator })) ?? null }))
    return { labels, tracks: stored.tracks.counted(ids), spans: stored.spans.counted(ids) }
  }
  const isTheirs = (person: PersonId | null) => whose.kind === 'each' || person === whose.person
  const byPeople = said.filter(({ person }) => person !== null && isTheirs(person))
  const answered = new Set(byPeople.map(({ video, attribute }) => `${video} ${attribute}`))
  // What is said of a class counts for those of whom nobody says anything.
  const priors = said.filter(
    ({ person, video, attribute }) =>
      whose.kind === 'each' && person === null && !answered.has(`${video} ${attribute}`),
  )
  const labels = [...byPeople, ...priors].map(({ video, attribute, person, value, at }) => {
    const source = person === null ? ('class' as const) : ('person' as const)
    return { video, attribute, value, source, annotator: person, at }
  })
  const tracks = confirmed(stored.tracks.ofVideos(ids).filter(({ person }) => isTheirs(person)))
  return { labels, tracks, spans: stored.spans.ofVideos(ids).filter(({ person }) => isTheirs(person)) }
}

function placeOf({ video, attribute, person }: Place): string {
  return JSON.stringify([video, attribute, person])
}

function* neutralVideos(
  videos: readonly VideoRecord[],
  words: Words,
  said: (ids: readonly VideoId[]) => SaidOfVideos,
): Generator<NeutralVideo> {
  for (let at = 0; at < videos.length; at += atATime) {
    const some = videos.slice(at, at + atATime)
    const ids = some.map(({ id }) => id)
    const here = said(ids)
    const labels = Map.groupBy(here.labels, ({ video }) => video)
    const tracks = Map.groupBy(here.tracks, ({ video }) => video)
    const spans = Map.groupBy(here.spans, ({ video }) => video)
    for (const video of some) {
      const [ofLabels, ofTracks, ofSpans] = [labels.get(video.id), tracks.get(video.id), spans.get(video.id)]
      yield neutralVideo(video, { labels: ofLabels ?? [], tracks: ofTracks ?? [], spans: ofSpans ?? [] }, words)
    }
  }
}

function neutralVideo(video: VideoRecord, { labels, tracks, spans }: SaidOfVideos, words: Words): NeutralVideo {
  const { name, sha256, path, split, group, frames, width, height, fps } = video
  const place = (attribute: string | null) => (attribute === null ? -1 : (words.order.get(attribute) ?? 0))
  const word = (attribute: string) => words.attributes.get(attribute) ?? attribute
  return {
    name,
    sha256: sha256 || null,
    path,
    class: video.class && (words.classes.get(video.class) ?? null),
    split,
    group,
    ...{ frames: frames || null, width: width || null, height: height || null, fps: fps || null },
    answers: [
      ...[...labels]
        .sort((a, b) => place(a.attribute) - place(b.attribute) || order(a.annotator ?? '', b.annotator ?? ''))
        .map(({ attribute, value, source, annotator, at }) => {
          const said = { source, person: named(annotator), at }
          return { ...said, attribute: word(attribute), value, span: null, confidence: null }
        }),
      ...[...spans]
        .sort((a, b) => place(a.attribute) - place(b.attribute) || order(a.person, b.person) || a.from - b.from)
        .map(({ attribute, person, from, to, at }) => {
          const said = { source: 'person', person: named(person), at, value: 'present' } as const
          return { ...said, attribute: word(attribute), span: { from, to }, confidence: null }
        }),
    ],
    tracks: tracks
      .map(({ attribute, kind, source, person, keyframes }) => {
        const said = { source, person: named(person), at: null }
        return {
          sort: [place(attribute), keyframes, person],
          track: { ...said, kind, attribute: attribute && word(attribute), keyframes, name: null },
        }
      })
      .map(({ sort, track }) => ({ key: JSON.stringify(sort), first: track.keyframes[0]?.frame ?? 0, track }))
      .sort((a, b) => a.first - b.first || (a.key < b.key ? -1 : 1))
      .map(({ track }) => track),
  }
}

function* outcomesOf(stored: Repositories, words: Words): Generator<WrittenOutcome> {
  const ofClass = (id: string) => words.classes.get(id) ?? id
  const ofAttribute = (id: string) => words.attributes.get(id) ?? id
  for (const { id, name, run } of stored.evaluations.list().reverse())
    for (const { videoName, label, pos, neg, attribute, covers, mark, ...numbers } of stored.evaluations.outcomes(id))
      yield {
        ...numbers,
        ...{
          evaluation: name,
          run,
          video: videoName,
          label: label && ofClass(label),
          pos: ofClass(pos),
          neg: ofClass(neg),
        },
        ...{ attribute: ofAttribute(attribute), covers: covers && ofAttribute(covers), cause: mark?.cause ?? null },
      }
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** A file names nobody where the owner of the project said it. */
function named(person: PersonId | null): PersonId | null {
  return person === owner.id ? null : person
}
