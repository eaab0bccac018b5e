import type { AnswerCounts, VideoFacets, VideoFilter } from '@shared/contract/library'
import { WorkState } from '@shared/contract/work-state'
import type { AttributeId, ClassId, PersonId } from '@shared/ids'
import { countPlaces } from './count-places'
import { type Entry, annotationOf, isProblem, workStates, workersOf } from './entry'
import { type Facet, Matcher, type Vocabulary } from './matcher'

/** What each entry of a filter's lists would find: each list is counted among the videos that pass the others. */
export function facetsOf(videos: Iterable<Entry>, filter: VideoFilter, vocabulary: Vocabulary): VideoFacets {
  const matcher = new Matcher(filter, vocabulary)
  const words = vocabulary.attributes.length
  const annotation = { new: 0, partly: 0, done: 0 }
  const splits = { train: 0, test: 0, none: 0 }
  const work = Object.fromEntries(WorkState.options.map((state) => [state, 0])) as VideoFacets['work']
  const [classes, attributes] = [new Map<ClassId, number>(), new Map<AttributeId, number>()]
  const workers = new Map<PersonId, number>()
  const all = { videos: 0, problems: 0, toLabel: 0, test: 0, testWithoutBoxes: 0 }
  let matching = 0
  for (const video of videos) {
    const state = annotationOf(video, words)
    countAll(all, video, state)
    for (const person of workersOf(video)) add(workers, person)
    const failed = matcher.failed(video)
    if (failed.length === 0) matching++
    const counts = (facet: Facet) => failed.length === 0 || (failed.length === 1 && failed[0] === facet)
    if (counts('annotation')) annotation[state]++
    if (counts('splits')) splits[video.split ?? 'none']++
    if (counts('work')) for (const how of workStates(video, filter.workOf)) work[how]++
    if (video.class && counts('classes')) add(classes, video.class)
    if (counts('attributes')) for (const id of video.present) add(attributes, id)
  }
  const named = vocabulary.people.flatMap(({ id, name }) => {
    const own = workers.get(id)
    return own ? [{ id, name, videos: own }] : []
  })
  const lists = { classes: listed(classes), attributes: listed(attributes), workers: named }
  return { matching, annotation, splits, work, ...lists, all }
}

/** How many of these videos give each answer to each attribute of the vocabulary. */
export function answersOf(
  videos: readonly Entry[],
  { attributes }: Pick<Vocabulary, 'attributes'>,
): Omit<AnswerCounts, 'gone'> {
  const place = new Map(attributes.map(({ id }, i) => [id, i]))
  const [present, absent, unsure] = [0, 1, 2].map(() => new Uint32Array(place.size)) as [Row, Row, Row]
  for (const video of videos) {
    countPlaces(video.present, place, present)
    countPlaces(video.absent, place, absent)
    countPlaces(video.unsure, place, unsure)
  }
  const of = (counts: Row, i: number) => counts[i] ?? 0
  return {
    videos: videos.length,
    attributes: attributes.map(({ id }, i) => ({
      ...{ id, present: of(present, i), absent: of(absent, i), unsure: of(unsure, i) },
    })),
  }
}

type Row = Uint32Array

function countAll(all: VideoFacets['all'], video: Entry, state: 'new' | 'partly' | 'done'): void {
  all.videos++
  if (isProblem(video)) all.problems++
  if (state !== 'done') all.toLabel++
  if (video.split !== 'test') return
  all.test++
  if (video.tracks === 0) all.testWithoutBoxes++
}

function add<Id>(counts: Map<Id, number>, id: Id): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}

function listed<Id>(counts: ReadonlyMap<Id, number>): { id: Id; videos: number }[] {
  return [...counts].map(([id, videos]) => ({ id, videos }))
}
