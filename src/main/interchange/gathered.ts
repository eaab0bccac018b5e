import { createHash } from 'node:crypto'
import { owner } from '@shared/actor'
import type { DataPlan } from '@shared/contract/interchange'
import type { LabelValue, Split } from '@shared/contract/library'
import { type Keyframe, visibleSpans } from '@shared/geometry/track'
import { type AttributeId, type ClassId, PersonId, TrackId, type VideoId } from '@shared/ids'
import type { SaidState } from '@main/edits/annotation/said'
import { pressedTracks, putTracks } from '@main/edits/annotation/put-tracks'
import { replaceTracks } from '@main/edits/annotation/replace-tracks'
import { setClass, setGroup, setLabels, setSplit } from '@main/edits/library/videos'
import { priorsMoved } from '@main/edits/library/class-priors'
import { newId } from '@main/store/database/new-id'
import type { Edit } from '@main/store/history/edit'
import type { Repositories } from '@main/store/repositories'
import type { WholeTrack } from '@main/store/repositories/track-repository'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import type { NeutralAnswer, NeutralTrack } from './dataset'
import { fitTrack } from './fit-track'
import { GatheredSpans } from './gathered-spans'
import type { ReportBuilder } from './report-builder'

/** A value a file gives a video, and where it did; of two, where it first gave another. */
interface Given<Value> {
  video: VideoRecord
  value: Value
  line: number | null
  /** Other values the same file gives it. */
  others: Value[]
}

/** A track that is there, without its key frames: only whether another has the same ones is asked. */
interface KnownTrack extends Pick<WholeTrack, 'id' | 'kind' | 'attribute' | 'person'> {
  content: string
}

/** Key frames after which an edit is full: what is made of one on its way to the disk is never much. */
const fullAt = 50_000

/** What a file says of the project's videos, gathered until all of it is known and can be one step. */
export class Gathered {
  private readonly states = new Map<string, SaidState>()
  private readonly spans: GatheredSpans
  /** Videos and attributes of which somebody says something in this file. */
  private readonly settled = new Set<string>()
  private readonly classes = new Map<VideoId, Given<ClassId>>()
  private readonly splits = new Map<VideoId, Given<Split>>()
  private readonly groups = new Map<VideoId, Given<string>>()
  private readonly boxed = new Set<VideoId>()
  private readonly full: Edit[] = []
  private open: WholeTrack[] = []
  private held = 0
  private readonly removed = new Set<TrackId>()
  private readonly there = new Map<VideoId, KnownTrack[]>()

  constructor(
    private readonly stored: Repositories,
    private readonly plan: DataPlan,
    private readonly report: ReportBuilder,
  ) {
    this.spans = new GatheredSpans(stored, plan, report)
  }

  class(video: VideoRecord, value: ClassId, line: number | null): void {
    give(this.classes, video, { value, line })
  }

  split(video: VideoRecord, value: Split, line: number | null): void {
    give(this.splits, video, { value, line })
  }

  group(video: VideoRecord, value: string, line: number | null): void {
    give(this.groups, video, { value, line })
  }

  /** An answer of a person or consensus: what was said before stays where the plan keeps it. */
  answer(
    video: VideoRecord,
    attribute: AttributeId,
    { said, line }: { said: NeutralAnswer; line: number | null },
  ): void {
    const { value, source, span } = said
    const person = source === 'class' ? null : this.person(said.person)
    if (this.isNobodys(said, line)) return
    if (span && value === 'present' && person !== null) {
      this.settled.add(`${video.id} ${attribute}`)
      return this.spans.add({ video: video.id, attribute, person }, video, { span, at: timeOf(said), line })
    }
    if (span) this.report.lose('the frames an answer speaks of: it counts for the whole video')
    const place = placeOf(video.id, attribute, person)
    if (this.states.get(place)?.answer) {
      const reason = `${video.name}: answered twice for the same attribute; the later one counts`
      this.report.note({ kind: 'duplicate', line, reason })
    } else {
      const before = this.stored.labels.find(video.id, attribute)
      const isSettled = before !== null && before.source !== 'class'
      if (isSettled && (this.plan.existing === 'keep' || source === 'class')) {
        if (before.value !== value) this.report.kept += 1
        return
      }
      // Beside what others say, a person's own answer stays.
      const own = this.plan.existing === 'add' ? this.stored.answers.find({ video: video.id, attribute, person }) : null
      if (own && person !== null) {
        if (own.value !== value) this.report.kept += 1
        return
      }
    }
    if (person !== null && this.plan.existing === 'replace') this.takeBack(video.id, attribute)
    if (person !== null) this.settled.add(`${video.id} ${attribute}`)
    const at = person === null ? null : timeOf(said)
    this.states.set(place, { video: video.id, attribute, person, answer: { value, at } })
  }

  /** The same for every video of a class; never in place of what somebody said of a video. */
  prior(videos: readonly VideoId[], attribute: AttributeId, value: LabelValue): void {
    for (const video of videos) {
      const before = this.stored.labels.find(video, attribute)
      const isSettled = this.settled.has(`${video} ${attribute}`) || (before !== null && before.source !== 'class')
      if (isSettled) this.report.kept += 1
      else {
        const state = { video, attribute, person: null, answer: { value, at: null } }
        this.states.set(placeOf(video, attribute, null), state)
      }
    }
  }

  track(
    video: VideoRecord,
    attribute: AttributeId | null,
    { said, line }: { said: NeutralTrack; line: number | null },
  ): void {
    const { plan, report } = this
    const keyframes = fitTrack(said.keyframes, video, { plan, line, note: (note, count) => report.note(note, count) })
    if (keyframes.length === 0) return
    if (this.isNobodys(said, line)) return
    const { kind, source } = said
    const person = this.person(said.person)
    const track = { video: video.id, attribute, kind, source, person, keyframes }
    const isAlike = (one: KnownTrack) => one.kind === kind && one.attribute === attribute
    const isOwn = (one: KnownTrack) => plan.existing !== 'add' || one.person === person
    const alike = this.tracksOf(video.id).filter((one) => isAlike(one) && isOwn(one))
    if (alike.length > 0 && alike.some(({ content }) => content === contentOf(keyframes))) {
      report.note({ kind: 'duplicate', line, reason: `${video.name}: the same track is already there` })
      return
    }
    if (plan.existing === 'replace') for (const { id } of alike) this.removed.add(id)
    this.boxed.add(video.id)
    this.open.push({ id: newId(TrackId), ...track })
    this.held += keyframes.length
    if (this.held >= fullAt) this.close()
    report.tracks += 1
    report.keyframes += keyframes.length
    report.boxes += visibleSpans(keyframes, video.frames).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  }

  /** Presses the tracks gathered since the last time into an edit. */
  private close(): void {
    if (this.open.length > 0) this.full.push(putTracks.of(pressedTracks(this.open)))
    ;[this.open, this.held] = [[], 0]
  }

  /** Videos that will be of a class, those this import puts there included. */
  members(id: ClassId): VideoId[] {
    const now = this.stored.videos.idsOfClass(id).filter((video) => !this.decides(video))
    const given = [...this.classes.values()].filter((one) => one.value === id && this.decides(one.video.id))
    return [...now, ...given.map(({ video }) => video.id)]
  }

  edits(): Edit[] {
    const classes = [...this.classes.values()].filter(({ video }) => this.decides(video.id))
    const splits = [...this.splits.values()].filter((given) => this.changes(given, given.video.split))
    const groups = [...this.groups.values()].filter((given) => this.changes(given, given.video.group))
    this.marked()
    const own = [...this.states.values()]
    this.report.answers = own.filter(({ answer }) => answer).length - this.spans.unchanged
    const labels = [...this.followed(classes)]
    const given = [...classes, ...splits, ...groups].map(({ video }) => video.id)
    this.report.changed = new Set([...given, ...own.map(({ video }) => video), ...this.boxed]).size
    this.close()
    return [
      ...(classes.length > 0 ? [setClass.of({ groups: grouped(classes) })] : []),
      ...(splits.length > 0 ? [setSplit.of({ groups: grouped(splits) })] : []),
      ...(groups.length > 0 ? [setGroup.of({ groups: grouped(groups) })] : []),
      ...(labels.length > 0 ? [setLabels.of({ labels })] : []),
      ...(this.removed.size > 0 ? [replaceTracks.of({ remove: [...this.removed], put: [] })] : []),
      ...this.full,
    ]
  }

  /** Puts the spans that the file has with the answers they are part of. */
  private marked(): void {
    const found = this.spans.states((place, about) => {
      const key = placeOf(place.video, place.attribute, place.person)
      if (!this.states.has(key)) this.present(place, about)
      return this.states.get(key) ?? null
    })
    for (const state of found) this.states.set(placeOf(state.video, state.attribute, state.person), state)
  }

  /** Who sees something in some frames says that it is present. */
  private present(
    { attribute, person }: { attribute: AttributeId; person: PersonId },
    { video, at, line }: { video: VideoRecord; at: number | null; line: number | null },
  ): void {
    const about = { attribute: '', value: 'present', source: 'person', span: null, confidence: null } as const
    this.answer(video, attribute, { said: { ...about, person: person === owner.id ? null : person, at }, line })
  }

  /** What the file says, over what is said of the classes that videos leave and come to. */
  private followed(classes: readonly Given<ClassId>[]): Iterable<SaidState> {
    const moved = grouped(classes).flatMap(({ value, videos }) => priorsMoved(this.stored, videos, value))
    const states = [
      ...moved.filter(({ video, attribute }) => !this.settled.has(`${video} ${attribute}`)),
      ...this.states.values(),
    ]
    return new Map(states.map((state) => [placeOf(state.video, state.attribute, state.person), state])).values()
  }

  /** Reports videos to which the file gives two classes or two splits; they stay as they are. */
  askAboutContradictions(name: (id: ClassId) => string): void {
    for (const { video, line, value, others } of this.classes.values())
      if (others.length > 0)
        this.report.ask({
          about: 'class of a video',
          name: video.name,
          line,
          candidates: [value, ...others].map(name).sort(),
        })
    for (const { video, line, value, others } of this.groups.values())
      if (others.length > 0)
        this.report.ask({ about: 'group of a video', name: video.name, line, candidates: [value, ...others].sort() })
    for (const { video, line, value, others } of this.splits.values())
      if (others.length > 0)
        this.report.ask({ about: 'split of a video', name: video.name, line, candidates: [value, ...others].sort() })
  }

  private decides(video: VideoId): boolean {
    const given = this.classes.get(video)
    return given !== undefined && this.changes(given, given.video.class)
  }

  private changes<Value>({ value, others }: Given<Value>, now: Value | null): boolean {
    if (others.length > 0 || value === now) return false
    return now === null || this.plan.existing === 'replace'
  }

  /** Answers of other people, in whose place this import puts its own. */
  private takeBack(video: VideoId, attribute: AttributeId): void {
    for (const { person, ...said } of this.stored.answers.ofVideo(video)) {
      const place = placeOf(video, attribute, person)
      if (person !== null && said.attribute === attribute && !this.states.has(place))
        this.states.set(place, { video, attribute, person, answer: null })
    }
  }

  /** What is added beside what others say must be somebody's. */
  private isNobodys({ person, source }: { person: string | null; source: string }, line: number | null): boolean {
    if (this.plan.existing !== 'add' || source === 'class' || (this.plan.person ?? person) !== null) return false
    this.report.note({ kind: 'skipped', line, reason: 'the file names nobody; say as which person it is added' })
    return true
  }

  /** Whose an answer or track becomes; the owner's where the file names nobody. */
  private person(named: string | null): PersonId {
    const name = this.plan.person ?? named
    return name === null ? owner.id : PersonId.parse(name)
  }

  private tracksOf(video: VideoId): KnownTrack[] {
    const known = this.there.get(video)
    if (known) return known
    const there: KnownTrack[] = []
    for (const { id, kind, attribute, person, keyframes } of this.stored.tracks.eachOfVideo(video))
      there.push({ id, kind, attribute, person, content: contentOf(keyframes) })
    this.there.set(video, there)
    return there
  }
}

/** What tells key frames from others. */
function contentOf(keyframes: readonly Keyframe[]): string {
  return createHash('sha256').update(JSON.stringify(keyframes)).digest('base64')
}

/** When something was said; null where the file does not say, or says no day that there is. */
function timeOf({ at }: NeutralAnswer): number | null {
  return at === null || Number.isNaN(new Date(at).getTime()) ? null : Math.round(at)
}

function placeOf(video: VideoId, attribute: AttributeId, person: PersonId | null): string {
  return JSON.stringify([video, attribute, person])
}

function give<Value>(
  map: Map<VideoId, Given<Value>>,
  video: VideoRecord,
  { value, line }: { value: Value; line: number | null },
): void {
  const before = map.get(video.id)
  if (!before) map.set(video.id, { video, value, line, others: [] })
  else if (before.value !== value && !before.others.includes(value)) {
    if (before.others.length === 0) before.line = line
    before.others.push(value)
  }
}

function grouped<Value>(given: readonly Given<Value>[]) {
  return [...Map.groupBy(given, ({ value }) => value)].map(([value, some]) => {
    return { value, videos: some.map(({ video }) => video.id) }
  })
}
