import type { Annotations } from '@shared/contract/annotation'
import type { LabelValue } from '@shared/contract/library'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import { area, upright } from '@shared/geometry/box'
import type { KeyframeValue } from '@shared/geometry/track'
import { type AttributeId, type Frame, TrackId, type VideoId } from '@shared/ids'
import type { Project } from '@main/project/project'
import type { Done, Edit } from '@main/store/history/history'
import { newId } from '@main/store/database/new-id'
import type { Repositories } from '@main/store/repositories'
import type { WholeTrack } from '@main/store/repositories/track-repository'
import { createTrack } from '@main/edits/annotation/create-track'
import { cutTrack } from '@main/edits/annotation/cut-track'
import { mergeTracks } from '@main/edits/annotation/merge-tracks'
import { removeTrack } from '@main/edits/annotation/remove-track'
import { setKeyframe } from '@main/edits/annotation/set-keyframe'
import { setLabel } from '@main/edits/annotation/set-label'
import { setTrackAttribute } from '@main/edits/annotation/set-track-attribute'
import { splitTrack } from '@main/edits/annotation/split-track'
import { cutAt, startAt } from '@main/edits/annotation/track-surgery'

interface OnTrack {
  video: VideoId
  track: TrackId
}

/** What undo or redo did, the frame at which it shows, and what there is now. */
export interface Moved {
  label: string | null
  frame: Frame | null
  annotations: Annotations
}

/**
 * What people say of videos: answers to attributes, and boxes from key frame to key frame. Every call that changes
 * something is one step of the video's history, and on disk when it returns.
 */
export class AnnotationService {
  constructor(
    private readonly project: Project,
    private readonly onChange: (change: Change) => void,
  ) {}

  /** Throws Failure NOT_FOUND, as all calls do for what is no longer there. */
  get(video: VideoId): Annotations {
    const { videos, labels, tracks } = this.stored
    videos.get(video)
    return {
      video,
      labels: labels.ofVideo(video),
      tracks: tracks.ofVideo(video).map(({ id, attribute, kind, source, keyframes }) => {
        return { id, attribute, kind, source, keyframes }
      }),
      ...this.project.history.menu(video),
    }
  }

  /** A person's answer, or (null) none. */
  setLabel(said: { video: VideoId; attribute: AttributeId; value: LabelValue | null }): Annotations {
    const { video, attribute, value } = said
    const answer = value ? { value, source: 'person' as const, annotator: null } : null
    const before = this.stored.labels.find(video, attribute)
    const isSame = before?.value === value && before?.source === 'person'
    if (isSame || (!before && !answer)) return this.get(video)
    return this.do(video, setLabel.of({ video, attribute, answer }))
  }

  /**
   * Begins a track with its first box. Who boxes an attribute says that it is present, so that answer is given with it.
   * Throws Failure FRAME_NOT_THERE, or BAD_SETTING for a box without area.
   */
  createTrack(begun: {
    video: VideoId
    attribute: AttributeId
    frame: Frame
    value: KeyframeValue
  }): Annotations & { track: TrackId } {
    const { video, attribute, frame, value } = begun
    const { labels, attributes } = this.stored
    this.checkFrame(video, frame)
    const keyframes = [{ frame, ...checkedValue(value) }]
    const id = newId(TrackId)
    const track = { id, video, attribute, kind: 'attribute', source: 'person', annotator: null, keyframes } as const
    const edit = createTrack.of({ track: { ...track, keyframes } })
    if (labels.find(video, attribute)?.value === 'present') return { ...this.do(video, edit), track: id }
    const answer = { value: 'present', source: 'person', annotator: null } as const
    const label = `Begin a track of ${attributes.get(attribute).name}`
    this.project.history.doAll(video, label, [setLabel.of({ video, attribute, answer }), edit], frame)
    return { ...this.changed(video), track: id }
  }

  /**
   * Sets, moves or (null) removes one key frame; a track without any visible key frame left goes with it. Removing where
   * there is none changes nothing. Throws Failure FRAME_NOT_THERE, or BAD_SETTING for a box without area.
   */
  setKeyframe({ video, track, frame, value }: OnTrack & { frame: Frame; value: KeyframeValue | null }): Annotations {
    this.checkFrame(video, frame)
    const { keyframes } = this.track(video, track)
    if (!value && !keyframes.some((k) => k.frame === frame)) return this.get(video)
    return this.do(video, setKeyframe.of({ track, frame, value: value && checkedValue(value) }))
  }

  removeTrack({ video, track }: OnTrack): Annotations {
    this.track(video, track)
    return this.do(video, removeTrack.of({ track }))
  }

  /** Ends a track before `frame`; one that begins there or later is removed. Boxes before it stay where they were. */
  cutTrack({ video, track, frame }: OnTrack & { frame: Frame }): Annotations {
    this.checkFrame(video, frame)
    this.track(video, track)
    return this.do(video, cutTrack.of({ track, frame }))
  }

  /** Makes two tracks of one, the second from `frame` on; no box moves. Throws Failure BAD_SETTING where one side is empty. */
  splitTrack({ video, track, frame }: OnTrack & { frame: Frame }): Annotations {
    this.checkFrame(video, frame)
    const { keyframes } = this.track(video, track)
    if (cutAt(keyframes, frame).length === 0 || startAt(keyframes, frame).length === 0)
      throw new Failure('BAD_SETTING', {
        setting: 'frame',
        reason: `the track has no box on one side of frame ${frame}; choose a frame between its first and last box`,
      })
    return this.do(video, splitTrack.of({ track, frame, second: newId(TrackId) }))
  }

  /** Joins the track `with` into `track`. Throws Failure BAD_SETTING for a track of something else. */
  mergeTracks({ video, track, with: other }: OnTrack & { with: TrackId }): Annotations {
    const [own, joined] = [this.track(video, track), this.track(video, other)]
    if (own.id === joined.id) throw new Failure('BAD_SETTING', { setting: 'with', reason: 'choose another track' })
    if (own.attribute !== joined.attribute || own.kind !== joined.kind)
      throw new Failure('BAD_SETTING', { setting: 'with', reason: 'the two tracks box different attributes' })
    return this.do(video, mergeTracks.of({ track, with: other }))
  }

  setTrackAttribute({ video, track, attribute }: OnTrack & { attribute: AttributeId }): Annotations {
    const { kind, attribute: before } = this.track(video, track)
    if (kind === 'actor')
      throw new Failure('BAD_SETTING', { setting: 'track', reason: 'it boxes an actor, who is no attribute' })
    if (before === attribute) return this.get(video)
    return this.do(video, setTrackAttribute.of({ track, attribute }))
  }

  undo(video: VideoId): Moved {
    return this.moved(video, this.project.history.undo(video))
  }

  redo(video: VideoId): Moved {
    return this.moved(video, this.project.history.redo(video))
  }

  private get stored(): Repositories {
    return this.project.repositories
  }

  private do(video: VideoId, edit: Edit): Annotations {
    this.project.history.do(video, edit)
    return this.changed(video)
  }

  private moved(video: VideoId, done: Done | null): Moved {
    const annotations = done ? this.changed(video) : this.get(video)
    return { label: done?.label ?? null, frame: done?.frame ?? null, annotations }
  }

  private changed(video: VideoId): Annotations {
    this.onChange({ area: 'annotation', ids: [video] })
    return this.get(video)
  }

  private track(video: VideoId, id: TrackId): WholeTrack {
    const track = this.stored.tracks.get(id)
    if (track.video !== video) throw new Failure('NOT_FOUND', { kind: 'track', id })
    return track
  }

  private checkFrame(video: VideoId, frame: Frame): void {
    const { frames } = this.stored.videos.get(video)
    if (frame >= frames) throw new Failure('FRAME_NOT_THERE', { frame, frames })
  }
}

function checkedValue({ box, outside, occluded }: KeyframeValue): KeyframeValue {
  const inOrder = upright(box)
  if (area(inOrder) === 0)
    throw new Failure('BAD_SETTING', { setting: 'box', reason: 'it has no area; draw it with a width and a height' })
  return { box: inOrder, outside, occluded }
}
