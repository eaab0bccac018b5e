import type { AttributeInfo, ClassInfo, VideoRow } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'

/** Which videos the library shows. Within one list any entry will do; lists and marks must all hold. */
export interface VideoFilter {
  text: string
  classes: ClassId[]
  splits: ('train' | 'test' | 'none')[]
  attributes: AttributeId[]
  /** Whether a video needs one of `attributes`, or each of them. */
  attributesMatch: 'any' | 'all'
  annotation: VideoRow['annotation'][]
  problems: boolean
  withoutBoxes: boolean
}

export function noFilter(): VideoFilter {
  return {
    ...{ text: '', classes: [], splits: [], attributes: [], attributesMatch: 'any', annotation: [] },
    ...{ problems: false, withoutBoxes: false },
  }
}

/** Names by which the text of a filter finds videos. */
export interface Names {
  classes: ReadonlyMap<ClassId, Pick<ClassInfo, 'name'>>
  attributes: ReadonlyMap<AttributeId, Pick<AttributeInfo, 'name'>>
}

/** What keeps a video from being shown or trained on, in a word or two; empty when nothing does. */
export function problemOf({ status, moved, class: of, split }: VideoRow): string {
  if (status === 'failed') return 'unreadable'
  if (moved) return 'moved'
  if (status === 'damaged') return 'damaged'
  return of === null ? 'no class' : split === null ? 'no split' : ''
}

export function hasProblem(video: VideoRow): boolean {
  return problemOf(video) !== ''
}

/** The videos that a filter lets through, in their order. */
export function filterVideos(videos: readonly VideoRow[], filter: VideoFilter, names: Names): VideoRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return videos.filter((video) => fits(video, filter) && hasWords(video, words, names))
}

function fits(video: VideoRow, filter: VideoFilter): boolean {
  if (filter.problems && !hasProblem(video)) return false
  if (filter.withoutBoxes && video.tracks > 0) return false
  if (filter.annotation.length && !filter.annotation.includes(video.annotation)) return false
  if (filter.splits.length && !filter.splits.includes(video.split ?? 'none')) return false
  if (filter.classes.length && !(video.class && filter.classes.includes(video.class))) return false
  if (!filter.attributes.length) return true
  const has = (attribute: AttributeId) => video.attributes.includes(attribute)
  return filter.attributesMatch === 'all' ? filter.attributes.every(has) : filter.attributes.some(has)
}

function hasWords(video: VideoRow, words: readonly string[], names: Names): boolean {
  if (words.length === 0) return true
  const said = [
    video.name,
    (video.class && names.classes.get(video.class)?.name) ?? '',
    ...video.attributes.map((id) => names.attributes.get(id)?.name ?? ''),
  ]
  const low = said.join('\n').toLowerCase()
  return words.every((word) => low.includes(word))
}

/** How many of all videos each entry of the facets would find. */
export interface FacetCounts {
  annotation: Record<VideoRow['annotation'], number>
  splits: Record<'train' | 'test' | 'none', number>
  classes: Map<ClassId, number>
  attributes: Map<AttributeId, number>
  problems: number
  toLabel: number
  testWithoutBoxes: number
  test: number
}

export function countFacets(videos: readonly VideoRow[]): FacetCounts {
  const counts: FacetCounts = {
    ...{ annotation: { new: 0, partly: 0, done: 0 }, splits: { train: 0, test: 0, none: 0 } },
    ...{ classes: new Map(), attributes: new Map(), problems: 0, toLabel: 0, testWithoutBoxes: 0, test: 0 },
  }
  for (const video of videos) {
    counts.annotation[video.annotation]++
    counts.splits[video.split ?? 'none']++
    if (video.class) counts.classes.set(video.class, (counts.classes.get(video.class) ?? 0) + 1)
    for (const id of video.attributes) counts.attributes.set(id, (counts.attributes.get(id) ?? 0) + 1)
    if (hasProblem(video)) counts.problems++
    if (video.annotation !== 'done') counts.toLabel++
    if (video.split === 'test') counts.test++
    if (video.split === 'test' && video.tracks === 0) counts.testWithoutBoxes++
  }
  return counts
}

/** A filter in a few words: "done or partly, test, pole". Empty when nothing is filtered. */
export function filterWords(filter: VideoFilter, names: Names): string {
  const named = (ids: readonly AttributeId[]) => ids.map((id) => names.attributes.get(id)?.name ?? '?')
  return [
    filter.annotation.join(' or '),
    filter.splits.map((split) => (split === 'none' ? 'no split' : split)).join(' or '),
    filter.classes.map((id) => names.classes.get(id)?.name ?? '?').join(' or '),
    named(filter.attributes).join(filter.attributesMatch === 'all' ? ' and ' : ' or '),
    filter.problems ? 'problems' : '',
    filter.withoutBoxes ? 'without boxes' : '',
  ]
    .filter(Boolean)
    .join(', ')
}
