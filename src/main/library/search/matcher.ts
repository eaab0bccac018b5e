import type { VideoFilter } from '@shared/contract/library'
import type { AttributeId, ClassId, PersonId } from '@shared/ids'
import { folded } from '@main/store/repositories/sort-key'
import { type Entry, annotationOf, isProblem, workStates } from './entry'

/** The lists of a filter that have a count beside each of their entries. */
export type Facet = 'annotation' | 'splits' | 'work' | 'classes' | 'attributes'

interface Named<Id> {
  id: Id
  name: string
}

/** The classes in natural order of name, the attributes in the vocabulary's. */
export interface Vocabulary {
  classes: readonly Named<ClassId>[]
  attributes: readonly Named<AttributeId>[]
  /** Everybody who worked in the project. */
  people: readonly Named<PersonId>[]
}

/** A filter made ready for many videos. */
export class Matcher {
  private readonly tests: Record<Facet | 'rest', ((video: Entry) => boolean) | null>

  constructor(filter: VideoFilter, vocabulary: Vocabulary) {
    const [annotation, splits, work] = [new Set(filter.annotation), new Set(filter.splits), new Set(filter.work)]
    const classes = new Set<ClassId | null>(filter.classes)
    const words = vocabulary.attributes.length
    this.tests = {
      annotation: annotation.size ? (video) => annotation.has(annotationOf(video, words)) : null,
      splits: splits.size ? (video) => splits.has(video.split ?? 'none') : null,
      work: work.size ? (video) => workStates(video, filter.workOf).some((state) => work.has(state)) : null,
      classes: classes.size ? (video) => classes.has(video.class) : null,
      attributes: filter.attributes.length ? showing(filter) : null,
      rest: restOf(filter, vocabulary),
    }
  }

  matches(video: Entry): boolean {
    return order.every((name) => this.tests[name]?.(video) ?? true)
  }

  /** What a video does not pass; more than one name at most says "several". */
  failed(video: Entry): (Facet | 'rest')[] {
    const names: (Facet | 'rest')[] = []
    for (const name of order) {
      const test = this.tests[name]
      if (test && !test(video)) names.push(name)
      if (names.length > 1) break
    }
    return names
  }
}

const order = ['rest', 'annotation', 'splits', 'work', 'classes', 'attributes'] as const

function showing({ attributes, attributesMatch }: VideoFilter): (video: Entry) => boolean {
  return attributesMatch === 'all'
    ? (video) => attributes.every((id) => video.present.includes(id))
    : (video) => attributes.some((id) => video.present.includes(id))
}

/** What has no counts of its own: words, problems, boxes. */
function restOf(filter: VideoFilter, vocabulary: Vocabulary): ((video: Entry) => boolean) | null {
  const tests = [
    ...folded(filter.text).split(/\s+/).filter(Boolean).map(saying(vocabulary)),
    ...(filter.problems ? [isProblem] : []),
    ...(filter.withoutBoxes ? [(video: Entry) => video.tracks === 0] : []),
    ...(filter.readable ? [(video: Entry) => video.status !== 'failed'] : []),
  ]
  return tests.length ? (video) => tests.every((test) => test(video)) : null
}

function saying({ classes, attributes }: Vocabulary): (word: string) => (video: Entry) => boolean {
  return (word) => {
    const alike = <Id>(all: readonly Named<Id>[]) =>
      new Set(all.filter(({ name }) => folded(name).includes(word)).map(({ id }) => id))
    const [ofClass, ofAttribute] = [alike<ClassId | null>(classes), alike(attributes)]
    return (video) =>
      video.folded.includes(word) ||
      ofClass.has(video.class) ||
      (ofAttribute.size > 0 && video.present.some((id) => ofAttribute.has(id)))
  }
}
