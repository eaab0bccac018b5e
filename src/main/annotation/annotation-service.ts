import { type Actor, may, owner, requireRole } from '@shared/actor'
import type { AnnotationChange, Annotations, HistoryStep } from '@shared/contract/annotation'
import type { LabelValue } from '@shared/contract/library'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import { area, upright } from '@shared/geometry/box'
import type { Keyframe, KeyframeValue } from '@shared/geometry/track'
import { type AttributeId, type Frame, SpanId, TrackId, type VideoId } from '@shared/ids'
import type { Project } from '@main/project/project'
import { type Edit, type Touched, allTouched } from '@main/store/history/edit'
import type { StepOptions, Stepped, Whose } from '@main/store/history/history'
import { newId } from '@main/store/database/new-id'
import type { Repositories } from '@main/store/repositories'
import type { WholeSpan } from '@main/store/repositories/span-repository'
import type { WholeTrack } from '@main/store/repositories/track-repository'
import { addSpan } from '@main/edits/annotation/add-span'
import { confirmBoxes } from '@main/edits/annotation/confirm-boxes'
import { createTrack } from '@main/edits/annotation/create-track'
import { cutTrack } from '@main/edits/annotation/cut-track'
import { mergeTracks } from '@main/edits/annotation/merge-tracks'
import { moveKeyframe } from '@main/edits/annotation/move-keyframe'
import { proposeBoxes } from '@main/edits/annotation/propose-boxes'
import { rejectBoxes } from '@main/edits/annotation/reject-boxes'
import { removeSpan } from '@main/edits/annotation/remove-span'
import { removeTrack } from '@main/edits/annotation/remove-track'
import { setKeyframe } from '@main/edits/annotation/set-keyframe'
import { setLabel } from '@main/edits/annotation/set-label'
import { setSpan } from '@main/edits/annotation/set-span'
import { setTrackAttribute } from '@main/edits/annotation/set-track-attribute'
import { splitTrack } from '@main/edits/annotation/split-track'
import { cutAt, startAt } from '@main/edits/annotation/track-surgery'
import { AnnotationReader, type NameOf } from './annotation-reader'

interface OnTrack {
  video: VideoId
  track: TrackId
}

interface OnSpan {
  video: VideoId
  span: SpanId
}

/** Frames, both inclusive. */
interface Ends {
  from: Frame
  to: Frame
}

/** What undo or redo did, the frame at which it shows, what was set aside for it, and what there is now. */
export interface Moved {
  label: string | null
  frame: Frame | null
  aside: string[]
  change: AnnotationChange
}

const nothing: Touched = { attributes: [], tracks: [], spans: [] }

/**
 * What people say of videos, each for themselves: answers to attributes, from where to where they see them, and boxes
 * from key frame to key frame. Every call that changes something is one step of that person's history of the video, and
 * on disk when it was answered.
 */
export class AnnotationService {
  private readonly reader: AnnotationReader

  constructor(
    private readonly project: Project,
    private readonly onChange: (change: Change) => void,
    nameOf: NameOf = (person) => (person === owner.id ? owner.name : person),
  ) {
    this.reader = new AnnotationReader(project, nameOf)
  }

  /**
   * What this person said of a video, or what everybody's answers come to; an annotator is given their own.
   * Throws Failure NOT_FOUND, as all calls do for what is no longer there.
   */
  get(actor: Actor, video: VideoId, of: 'own' | 'everybody' = 'own'): Annotations {
    this.stored.videos.get(video)
    return of === 'everybody' && may(actor, 'reviewer')
      ? this.reader.everybody(actor, video)
      : this.reader.own(actor, video)
  }

  /** This person's answer, or (null) none; what is said of the whole class goes only where they said nothing. */
  setLabel(
    actor: Actor,
    { video, attribute, value }: { video: VideoId; attribute: AttributeId; value: LabelValue | null },
  ): AnnotationChange {
    const { answers, videos } = this.stored
    videos.get(video)
    const own = { video, attribute, person: actor.id }
    const before = answers.find(own)
    if (before?.value === value) return this.unchanged(actor, video)
    if (value) return this.do(actor, video, setLabel.of({ video, attribute, said: [saying(own, value)] }))
    const prior = { video, attribute, person: null }
    const place = before ? own : may(actor, 'reviewer') && answers.find(prior) ? prior : null
    if (!place) return this.unchanged(actor, video)
    return this.do(actor, video, setLabel.of({ video, attribute, said: [{ ...place, answer: null }] }))
  }

  /** This person's answers to several attributes, as one step of undo; those given already stay as they were. */
  setLabels(
    actor: Actor,
    { video, labels }: { video: VideoId; labels: readonly { attribute: AttributeId; value: LabelValue }[] },
  ): AnnotationChange {
    const { answers, videos, attributes } = this.stored
    videos.get(video)
    const edits = labels.flatMap(({ attribute, value }) => {
      attributes.get(attribute)
      const own = { video, attribute, person: actor.id }
      if (answers.find(own)?.value === value) return []
      return setLabel.of({ video, attribute, said: [saying(own, value)] })
    })
    if (edits.length === 0) return this.unchanged(actor, video)
    const words = `Answer ${edits.length} ${edits.length === 1 ? 'attribute' : 'attributes'}`
    const { touched } = this.project.history.doAll(whose(actor, video), words, edits)
    return this.changed(actor, video, touched)
  }

  /**
   * Begins a track with its first box, of an attribute or (null) of an actor. Who boxes an attribute says that it is
   * present, so that answer is given with it.
   * Throws Failure FRAME_NOT_THERE, or BAD_SETTING for a box without area.
   */
  createTrack(
    actor: Actor,
    begun: { video: VideoId; attribute: AttributeId | null; frame: Frame; value: KeyframeValue },
  ): AnnotationChange & { track: TrackId } {
    const { video, attribute, frame, value } = begun
    const { answers, attributes } = this.stored
    this.checkFrame(video, frame)
    const keyframes = [{ frame, ...checkedValue(value) }]
    const id = newId(TrackId)
    const [person, source] = [actor.id, 'person'] as const
    const kind = attribute ? 'attribute' : 'actor'
    const edit = createTrack.of({ track: { id, video, attribute, kind, source, person, keyframes } })
    if (!attribute) return { ...this.do(actor, video, edit), track: id }
    const place = { video, attribute, person }
    const said = answers.find(place) ?? answers.find({ ...place, person: null })
    if (said?.value === 'present') return { ...this.do(actor, video, edit), track: id }
    const label = `Begin a track of ${attributes.get(attribute).name}`
    const answer = setLabel.of({ video, attribute, said: [saying(place, 'present')] })
    const done = this.project.history.doAll(whose(actor, video), label, [answer, edit], frame)
    return { ...this.changed(actor, video, done.touched), track: id }
  }

  /**
   * Sets or (null) removes one key frame; a track without any visible key frame left goes with it. Removing where there
   * is none changes nothing. Steps of one `gesture` on one key frame are one step of undo.
   * Throws Failure FRAME_NOT_THERE, or BAD_SETTING for a box without area.
   */
  setKeyframe(
    actor: Actor,
    set: OnTrack & { frame: Frame; value: KeyframeValue | null; gesture?: string | undefined },
  ): AnnotationChange {
    const { video, track, frame, value, gesture = null } = set
    this.checkFrame(video, frame)
    const { keyframes } = this.track(actor, set)
    if (!value && !keyframes.some((k) => k.frame === frame)) return this.unchanged(actor, video)
    const edit = setKeyframe.of({ track, frame, value: value && checkedValue(value) })
    return this.do(actor, video, edit, { gesture })
  }

  /** Moves a key frame in time. Throws Failure NOT_FOUND where there is none, or FRAME_NOT_THERE. */
  moveKeyframe(actor: Actor, { video, track, from, to }: OnTrack & { from: Frame; to: Frame }): AnnotationChange {
    this.checkFrame(video, to)
    this.track(actor, { video, track })
    if (from === to) return this.unchanged(actor, video)
    return this.do(actor, video, moveKeyframe.of({ track, from, to, left: null }))
  }

  removeTrack(actor: Actor, { video, track }: OnTrack): AnnotationChange {
    this.track(actor, { video, track })
    return this.do(actor, video, removeTrack.of({ track }))
  }

  /** Ends a track before `frame`; one that begins there or later is removed. Boxes before it stay where they were. */
  cutTrack(actor: Actor, { video, track, frame }: OnTrack & { frame: Frame }): AnnotationChange {
    this.checkFrame(video, frame)
    this.track(actor, { video, track })
    return this.do(actor, video, cutTrack.of({ track, frame }))
  }

  /** Makes two tracks of one, the second from `frame` on; no box moves. Throws Failure BAD_SETTING where one side is empty. */
  splitTrack(actor: Actor, { video, track, frame }: OnTrack & { frame: Frame }): AnnotationChange {
    this.checkFrame(video, frame)
    const { keyframes } = this.track(actor, { video, track })
    if (cutAt(keyframes, frame).length === 0 || startAt(keyframes, frame).length === 0)
      throw new Failure('BAD_SETTING', {
        setting: 'frame',
        reason: `the track has no box on one side of frame ${frame}; choose a frame between its first and last box`,
      })
    return this.do(actor, video, splitTrack.of({ track, frame, second: newId(TrackId) }))
  }

  /** Joins the track `with` into `track`. Throws Failure BAD_SETTING for a track of something or somebody else. */
  mergeTracks(actor: Actor, { video, track, with: other }: OnTrack & { with: TrackId }): AnnotationChange {
    const [own, joined] = [this.track(actor, { video, track }), this.track(actor, { video, track: other })]
    if (own.id === joined.id) throw new Failure('BAD_SETTING', { setting: 'with', reason: 'choose another track' })
    if (own.attribute !== joined.attribute || own.kind !== joined.kind)
      throw new Failure('BAD_SETTING', { setting: 'with', reason: 'the two tracks box different attributes' })
    if (own.person !== joined.person)
      throw new Failure('BAD_SETTING', { setting: 'with', reason: 'the two tracks are of different people' })
    return this.do(actor, video, mergeTracks.of({ track, with: other }))
  }

  setTrackAttribute(actor: Actor, { video, track, attribute }: OnTrack & { attribute: AttributeId }): AnnotationChange {
    const { kind, attribute: before } = this.track(actor, { video, track })
    if (kind === 'actor')
      throw new Failure('BAD_SETTING', { setting: 'track', reason: 'it boxes an actor, who is no attribute' })
    if (before === attribute) return this.unchanged(actor, video)
    return this.do(actor, video, setTrackAttribute.of({ track, attribute }))
  }

  /** Puts boxes that were found into a track as proposals; `until` is the last frame that was looked at. */
  propose(
    actor: Actor,
    { video, track, keyframes, until }: OnTrack & { keyframes: Keyframe[]; until: Frame },
  ): AnnotationChange {
    this.track(actor, { video, track })
    if (keyframes.length === 0) return this.unchanged(actor, video)
    return this.do(actor, video, proposeBoxes.of({ track, keyframes, until }))
  }

  /** Confirms what is proposed in a track; nothing is changed where nothing is. */
  confirmBoxes(actor: Actor, on: OnTrack): AnnotationChange {
    return this.settle(actor, on, confirmBoxes.of({ track: on.track }))
  }

  /** Takes what is proposed in a track away. */
  rejectBoxes(actor: Actor, on: OnTrack): AnnotationChange {
    return this.settle(actor, on, rejectBoxes.of({ track: on.track }))
  }

  /**
   * Marks from where to where an attribute is seen, and says with it that it is present; spans of it that this touches are
   * joined into it. Throws Failure FRAME_NOT_THERE, or BAD_SETTING for one that ends before it begins.
   */
  addSpan(
    actor: Actor,
    { video, attribute, from, to }: { video: VideoId; attribute: AttributeId } & Ends,
  ): AnnotationChange & { span: SpanId } {
    const { answers, attributes } = this.stored
    this.checkEnds(video, { from, to })
    const { name } = attributes.get(attribute)
    const place = { video, attribute, person: actor.id }
    const id = newId(SpanId)
    const edit = addSpan.of({ span: { id, ...place, from, to, at: Date.now() } })
    if (answers.find(place)?.value === 'present') return { ...this.do(actor, video, edit), span: id }
    const answer = setLabel.of({ video, attribute, said: [saying(place, 'present')] })
    const label = `Mark ${name} from ${from} to ${to}`
    const done = this.project.history.doAll(whose(actor, video), label, [answer, edit], from)
    return { ...this.changed(actor, video, done.touched), span: id }
  }

  /** Moves the ends of a span. Throws as `addSpan`. */
  setSpan(actor: Actor, { video, span, from, to }: OnSpan & Ends): AnnotationChange {
    this.checkEnds(video, { from, to })
    const before = this.span(actor, { video, span })
    if (before.from === from && before.to === to) return this.unchanged(actor, video)
    return this.do(actor, video, setSpan.of({ span, from, to }))
  }

  /** Removes a span; the answer stays. */
  removeSpan(actor: Actor, { video, span }: OnSpan): AnnotationChange {
    this.span(actor, { video, span })
    return this.do(actor, video, removeSpan.of({ span }))
  }

  /** Takes back what this person did last to the video. */
  undo(actor: Actor, video: VideoId): Moved {
    return this.moved(actor, video, this.project.history.undo(whose(actor, video)))
  }

  redo(actor: Actor, video: VideoId): Moved {
    return this.moved(actor, video, this.project.history.redo(whose(actor, video)))
  }

  /** What this person did in a video, newest first. */
  history(actor: Actor, video: VideoId): HistoryStep[] {
    this.stored.videos.get(video)
    return this.project.history.list(whose(actor, video))
  }

  /** Goes back, or on again, to a step of this person's; 0 is before the first. Throws Failure NOT_FOUND. */
  undoTo(actor: Actor, { video, step }: { video: VideoId; step: number }): Moved {
    const { history } = this.project
    const there = history.list(whose(actor, video)).find(({ id }) => id === step)
    if (step > 0 && !there) throw new Failure('NOT_FOUND', { kind: 'step', id: String(step) })
    const steps = history.undoTo(whose(actor, video), step)
    const done = steps.flatMap((one) => one.done ?? [])
    const touched = allTouched(done.map((one) => one.touched))
    const change = done.length > 0 ? this.changed(actor, video, touched) : this.unchanged(actor, video)
    const label = done.length > 0 ? (there?.label ?? 'the beginning') : null
    return { label, frame: there?.frame ?? null, aside: steps.flatMap(({ aside }) => aside), change }
  }

  private get stored(): Repositories {
    return this.project.repositories
  }

  private do(actor: Actor, video: VideoId, edit: Edit, options?: StepOptions): AnnotationChange {
    const { touched } = this.project.history.do(whose(actor, video), edit, options)
    return this.changed(actor, video, touched)
  }

  private settle(actor: Actor, on: OnTrack, edit: Edit): AnnotationChange {
    const isProposed = this.track(actor, on).keyframes.some(({ proposed }) => proposed)
    return isProposed ? this.do(actor, on.video, edit) : this.unchanged(actor, on.video)
  }

  private moved(actor: Actor, video: VideoId, { done, aside }: Stepped): Moved {
    this.stored.videos.get(video)
    const change = done ? this.changed(actor, video, done.touched) : this.unchanged(actor, video)
    return { label: done?.label ?? null, frame: done?.frame ?? null, aside, change }
  }

  private changed(actor: Actor, video: VideoId, touched: Touched): AnnotationChange {
    if (this.stored.work.follow(video, actor.id)) this.onChange({ area: 'work', ids: [video] })
    this.onChange({ area: 'annotation', ids: [video] })
    return this.reader.change(actor, video, touched)
  }

  private unchanged(actor: Actor, video: VideoId): AnnotationChange {
    return this.reader.change(actor, video, nothing)
  }

  /** A track that is this person's to change; other people's are a reviewer's. Throws Failure NOT_FOUND or NOT_ALLOWED. */
  track(actor: Actor, { video, track: id }: OnTrack): WholeTrack {
    const track = this.stored.tracks.get(id)
    if (track.video !== video) throw new Failure('NOT_FOUND', { kind: 'track', id })
    if (track.person !== actor.id) requireRole(actor, 'reviewer')
    return track
  }

  /** A span that is this person's to change, as `track` says. */
  private span(actor: Actor, { video, span: id }: OnSpan): WholeSpan {
    const span = this.stored.spans.get(id)
    if (span.video !== video) throw new Failure('NOT_FOUND', { kind: 'span', id })
    if (span.person !== actor.id) requireRole(actor, 'reviewer')
    return span
  }

  private checkEnds(video: VideoId, { from, to }: Ends): void {
    this.checkFrame(video, from)
    this.checkFrame(video, to)
    if (to >= from) return
    const reason = `the span would end at frame ${to}, before it begins at ${from}; give its first frame, then its last`
    throw new Failure('BAD_SETTING', { setting: 'to', reason })
  }

  private checkFrame(video: VideoId, frame: Frame): void {
    const { frames } = this.stored.videos.get(video)
    if (frame >= frames) throw new Failure('FRAME_NOT_THERE', { frame, frames })
  }
}

function whose(actor: Actor, video: VideoId): Whose {
  return { scope: video, person: actor.id }
}

function saying<Place extends object>(place: Place, value: LabelValue) {
  return { ...place, answer: { value, at: Date.now() } }
}

function checkedValue({ box, outside, occluded }: KeyframeValue): KeyframeValue {
  const inOrder = upright(box)
  if (area(inOrder) === 0)
    throw new Failure('BAD_SETTING', { setting: 'box', reason: 'it has no area; draw it with a width and a height' })
  return { box: inOrder, outside, occluded }
}
