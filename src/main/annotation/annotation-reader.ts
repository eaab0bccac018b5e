import { type Actor, may } from '@shared/actor'
import type { AnnotationChange, Annotations, AttributeSpan, Track, VideoLabel } from '@shared/contract/annotation'
import type { AttributeId, PersonId, VideoId } from '@shared/ids'
import type { Project } from '@main/project/project'
import type { Touched } from '@main/store/history/edit'
import type { Repositories } from '@main/store/repositories'
import type { Said } from '@main/store/repositories/answer-repository'

/** What a person is called. */
export type NameOf = (person: PersonId) => string

interface OfOthers {
  said: readonly Said[]
  tracks: Track[]
  spans: AttributeSpan[]
}

/** Annotations of a video as somebody may see them. */
export class AnnotationReader {
  constructor(
    private readonly project: Project,
    private readonly nameOf: NameOf,
  ) {}

  /** What this person said; for reviewers and owners also what others did. */
  own(actor: Actor, video: VideoId): Annotations {
    const said = this.inOrder(this.stored.answers.ofVideo(video))
    const tracks = this.stored.tracks.ofVideo(video).map(shown)
    const spans = this.stored.spans.ofVideo(video).map(shownSpan)
    const labels = this.ownLabels(actor, said)
    const isOwn = ({ person }: { person: PersonId | null }) => person === actor.id
    const isOthers = (one: { person: PersonId | null }) => may(actor, 'reviewer') && !isOwn(one)
    return {
      video,
      labels,
      tracks: tracks.filter(isOwn),
      spans: spans.filter(isOwn),
      others: this.others({
        said: said.filter((one) => one.person !== null && isOthers(one)),
        tracks: tracks.filter(isOthers),
        spans: spans.filter(isOthers),
      }),
      ...this.menu(actor, video),
    }
  }

  /** What everybody's answers come to, and the tracks that are trained and measured with, and the spans that stand. */
  everybody(actor: Actor, video: VideoId): Annotations {
    return {
      video,
      labels: this.stored.labels.ofVideo(video),
      tracks: this.stored.tracks.counted([video]).map(shown),
      spans: this.stored.spans.counted([video]).map(shownSpan),
      others: { people: [], labels: [], tracks: [], spans: [] },
      ...this.menu(actor, video),
    }
  }

  /** What stands now where something was touched. */
  change(actor: Actor, video: VideoId, { attributes, tracks, spans }: Touched): AnnotationChange {
    const { answers, tracks: stored, spans: storedSpans } = this.stored
    const found = tracks.flatMap((id) => stored.find(id) ?? []).filter((track) => track.video === video)
    const there = new Set(found.map(({ id }) => id))
    const foundSpans = spans.flatMap((id) => storedSpans.find(id) ?? []).filter((span) => span.video === video)
    const spansThere = new Set(foundSpans.map(({ id }) => id))
    const label = (attribute: AttributeId): VideoLabel | null => {
      const own = answers.find({ video, attribute, person: actor.id })
      if (own) return { attribute, value: own.value, source: 'person', annotator: actor.id }
      const prior = answers.find({ video, attribute, person: null })
      return prior && { attribute, value: prior.value, source: 'class', annotator: null }
    }
    return {
      video,
      labels: attributes.map((attribute) => ({ attribute, label: label(attribute) })),
      tracks: found.map(shown),
      removedTracks: tracks.filter((id) => !there.has(id)),
      spans: foundSpans.map(shownSpan),
      removedSpans: spans.filter((id) => !spansThere.has(id)),
      ...this.menu(actor, video),
    }
  }

  private get stored(): Repositories {
    return this.project.repositories
  }

  private menu(actor: Actor, video: VideoId) {
    return this.project.history.menu({ scope: video, person: actor.id })
  }

  private ownLabels(actor: Actor, said: readonly Said[]): VideoLabel[] {
    const own = said.filter(({ person }) => person === actor.id)
    const answered = new Set(own.map(({ attribute }) => attribute))
    return said
      .filter(({ person, attribute }) => person === actor.id || (person === null && !answered.has(attribute)))
      .map(labelOf)
  }

  private others({ said, tracks, spans }: OfOthers): Annotations['others'] {
    const people = new Set([...said, ...tracks, ...spans].flatMap(({ person }) => person ?? []))
    return {
      people: [...people].map((id) => ({ id, name: this.nameOf(id) })),
      labels: said.map(labelOf),
      tracks,
      spans,
    }
  }

  private inOrder(said: readonly Said[]): Said[] {
    const place = new Map(this.stored.attributes.rows().map(({ id }, i) => [id, i]))
    return [...said].sort((a, b) => (place.get(a.attribute) ?? 0) - (place.get(b.attribute) ?? 0))
  }
}

function labelOf({ attribute, value, person }: Said): VideoLabel {
  return { attribute, value, source: person === null ? 'class' : 'person', annotator: person }
}

function shown({ id, attribute, kind, source, person, keyframes }: Track): Track {
  return { id, attribute, kind, source, person, keyframes }
}

function shownSpan({ id, attribute, person, from, to, at }: AttributeSpan): AttributeSpan {
  return { id, attribute, person, from, to, at }
}
