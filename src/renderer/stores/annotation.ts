import type { AnnotationChange, Annotations, AttributeSpan, Track } from '@shared/contract/annotation'
import type { LabelValue, VideoDetail } from '@shared/contract/library'
import type { Box } from '@shared/geometry/box'
import type { KeyframeValue } from '@shared/geometry/track'
import type { AttributeId, Frame, SpanId, TrackId, VideoId } from '@shared/ids'
import { defineStore } from 'pinia'
import { type ShallowRef, computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useExpectedBoxes } from './expected-boxes'
import { useFollowedBoxes } from './followed-boxes'
import { useMarkedSpans, useSpanEdits } from './marked-spans'
import { useNotices } from './notices'
import { usePlayerStore } from './player'
import { useProject } from './project'

/** What undo or redo did, and where it shows. */
export interface Undone {
  did: 'Undone' | 'Redone' | 'Went to'
  label: string
  frame: Frame | null
}

/** Annotations after a change: what it does not name stands as it stood. */
function changed(before: Annotations, { labels, undo, redo, ...now }: AnnotationChange): Annotations {
  const isTheirs = ofOthers(before)
  const tracks = changedThings(
    { own: before.tracks, others: before.others.tracks },
    { now: now.tracks, gone: now.removedTracks, isTheirs },
  )
  const spans = changedThings(
    { own: before.spans, others: before.others.spans },
    { now: now.spans, gone: now.removedSpans, isTheirs },
  )
  const named = new Map(labels.map(({ attribute, label }) => [attribute, label]))
  return {
    ...before,
    ...{ undo, redo },
    labels: [
      ...before.labels.filter(({ attribute }) => !named.has(attribute)),
      ...labels.flatMap(({ label }) => label ?? []),
    ],
    // Ids begin with the time of making.
    tracks: tracks.own.sort((a, b) => (a.id < b.id ? -1 : 1)),
    spans: spans.own.sort(byFrame),
    others: { ...before.others, tracks: tracks.others, spans: spans.others },
  }
}

type Person = Track['person']

/** Whether somebody is one of the others who said something: what a reviewer brings back of theirs is theirs. */
function ofOthers({ others }: Annotations): (person: Person) => boolean {
  const people = new Set(others.people.map(({ id }) => id))
  return (person) => people.has(person)
}

/** One's own and other people's after a change. */
function changedThings<Thing extends { id: string; person: Person }>(
  { own, others }: { own: readonly Thing[]; others: readonly Thing[] },
  change: { now: readonly Thing[]; gone: readonly string[]; isTheirs: (person: Person) => boolean },
): { own: Thing[]; others: Thing[] } {
  const gone = new Set<string>(change.gone)
  const now = new Map(change.now.map((thing) => [thing.id, thing]))
  const kept = (list: readonly Thing[]) => list.filter(({ id }) => !gone.has(id)).map((one) => now.get(one.id) ?? one)
  const known = new Set([...own, ...others].map(({ id }) => id))
  const fresh = change.now.filter(({ id }) => !known.has(id))
  const [theirs, mine] = [true, false].map((is) => fresh.filter(({ person }) => change.isTheirs(person) === is))
  return { own: [...kept(own), ...(mine ?? [])], others: [...kept(others), ...(theirs ?? [])] }
}

const byFrame = (a: AttributeSpan, b: AttributeSpan) => a.from - b.from

type Change = <T extends AnnotationChange>(act: (video: VideoId) => Promise<T>) => Promise<T | null>

/** What takes the place of the annotations shown; a selected track that is gone is selected no more. */
function useTaking(annotations: ShallowRef<Annotations | null>, selected: ShallowRef<TrackId | null>) {
  /** Takes what was read as it is now. */
  function take(said: Annotations) {
    annotations.value = said
    if (!said.tracks.some(({ id }) => id === selected.value)) selected.value = null
  }

  /** Takes what an edit changed. */
  function takeChange(change: AnnotationChange) {
    if (annotations.value?.video === change.video) take(changed(annotations.value, change))
  }

  return { take, takeChange }
}

/** What the annotations shown hold, own and of others. */
function useSaid(annotations: ShallowRef<Annotations | null>, selected: ShallowRef<TrackId | null>) {
  const { tracks, expect } = useExpectedBoxes(computed<readonly Track[]>(() => annotations.value?.tracks ?? []))
  const labels = computed(() => annotations.value?.labels ?? [])
  const others = computed<Annotations['others']>(
    () => annotations.value?.others ?? { people: [], labels: [], tracks: [], spans: [] },
  )
  const track = computed(() => tracks.value.find(({ id }) => id === selected.value) ?? null)
  return { tracks, expect, labels, others, track, ...useMarkedSpans(annotations) }
}

/** Which video is open, what is said of it, and what of that is selected. */
function useOpened() {
  const api = useApi()
  const videos = usePlayerStore()
  const video = shallowRef<VideoDetail | null>(null)
  const annotations = shallowRef<Annotations | null>(null)
  const state = ref<'empty' | 'loading' | 'ready' | 'failed'>('empty')
  const problem = shallowRef<unknown>(null)
  const selected = shallowRef<TrackId | null>(null)
  const attribute = shallowRef<AttributeId | null>(null)
  let latest = 0

  const said = useSaid(annotations, selected)

  /** Opens a video. An answer that arrives after a later call is dropped. */
  async function open(id: VideoId) {
    const mine = ++latest
    state.value = 'loading'
    selected.value = null
    try {
      const [detail, said] = await Promise.all([videos.detail(id), api.annotation.get({ video: id })])
      if (mine !== latest) return
      video.value = detail
      annotations.value = said
      problem.value = null
      state.value = 'ready'
    } catch (error) {
      if (mine !== latest) return
      problem.value = error
      state.value = 'failed'
    }
  }

  function close() {
    latest++
    video.value = null
    annotations.value = null
    selected.value = null
    state.value = 'empty'
  }

  function select(id: TrackId | null) {
    selected.value = id
    said.chooseSpan(null)
    const own = said.tracks.value.find((other) => other.id === id)?.attribute
    if (own) attribute.value = own
  }

  /** A span and a track are never selected together. */
  function selectSpan(id: SpanId) {
    selected.value = null
    said.chooseSpan(id)
    attribute.value = said.span.value?.attribute ?? attribute.value
  }

  return {
    ...{ video, annotations, state, problem, selected, attribute },
    ...said,
    ...{ open, close, select, selectSpan },
    ...useTaking(annotations, selected),
  }
}

/** Runs changes one after the other, in the order they were made, and counts those on their way. */
function useQueue({ video, takeChange }: ReturnType<typeof useOpened>) {
  const notices = useNotices()
  const saving = ref(0)
  let begun = 0
  let queue: Promise<unknown> = Promise.resolve()

  /** Null when a change was refused, which is shown. */
  function change<T extends AnnotationChange>(act: (video: VideoId) => Promise<T>): Promise<T | null> {
    const about = video.value?.id
    if (!about) return Promise.resolve(null)
    saving.value++
    begun++
    const done = queue.then(async () => {
      try {
        const answer = await act(about)
        if (video.value?.id === about) takeChange(answer)
        return answer
      } catch (error) {
        notices.fail(error)
        return null
      } finally {
        saving.value--
      }
    })
    queue = done
    return done
  }

  /** Says whether nothing was changed since: what was read before is otherwise older than what stands here. */
  function sinceNow(): () => boolean {
    const before = begun
    return () => begun === before
  }

  /** Resolves when everything that was changed until now was answered. */
  const settled = () => queue

  return { saving, change, sinceNow, settled }
}

/** Every edit of labels and tracks. */
function useEdits(change: Change, { select, expect }: ReturnType<typeof useOpened>) {
  const api = useApi()
  const notices = useNotices()

  const setLabel = (attribute: AttributeId, value: LabelValue | null) =>
    change((video) => api.annotation.setLabel({ video, attribute, value }))

  /** Several answers as one step of undo. */
  const setLabels = (labels: { attribute: AttributeId; value: LabelValue }[]) =>
    labels.length > 0 ? change((video) => api.annotation.setLabels({ video, labels })) : Promise.resolve(null)

  /** Of an attribute, or (null) of an actor; it is selected. */
  async function createTrack(attribute: AttributeId | null, frame: Frame, box: Box): Promise<TrackId | null> {
    const value = { box, outside: false, occluded: false }
    const made = await change((video) => api.annotation.createTrack({ video, attribute, frame, value }))
    if (made) select(made.track)
    return made?.track ?? null
  }

  /**
   * A box that is set is shown where it was put before the answer comes.
   * @param gesture shared by the steps of one movement, which undo takes back together
   */
  const setKeyframe = (track: TrackId, frame: Frame, value: KeyframeValue | null, gesture?: string) => {
    const answered = value ? expect({ ...value, track, frame }) : undefined
    return change((video) => api.annotation.setKeyframe({ video, track, frame, value, gesture })).finally(answered)
  }

  /** Moves a key frame in time. */
  async function retime(track: TrackId, from: Frame, to: Frame) {
    if (from !== to) await change((video) => api.annotation.moveKeyframe({ video, track, from, to }))
  }

  const removeTrack = (track: TrackId) => change((video) => api.annotation.removeTrack({ video, track }))
  const cutTrack = (track: TrackId, frame: Frame) => change((video) => api.annotation.cutTrack({ video, track, frame }))
  /** The piece that begins at `frame` is selected. */
  async function splitTrack(track: TrackId, frame: Frame): Promise<void> {
    const done = await change((video) => api.annotation.splitTrack({ video, track, frame }))
    const piece = done?.tracks.find(({ id }) => id !== track)
    if (piece) select(piece.id)
  }
  const mergeTracks = (track: TrackId, other: TrackId) =>
    change((video) => api.annotation.mergeTracks({ video, track, with: other }))
  const setTrackAttribute = (track: TrackId, attribute: AttributeId) =>
    change((video) => api.annotation.setTrackAttribute({ video, track, attribute }))

  /** Takes back, or does again, the last step of this video; null when there was none. */
  async function step(did: 'Undone' | 'Redone'): Promise<Undone | null> {
    let undone: Undone | null = null
    await change(async (video) => {
      const call = did === 'Undone' ? api.annotation.undo : api.annotation.redo
      const { label, frame, aside, change: now } = await call({ video })
      if (label !== null) undone = { did, label, frame }
      for (const text of aside) notices.show({ kind: 'info', text })
      return now
    })
    return undone
  }

  /** Goes back, or on again, to a step of this video's history; null when nothing was to be done. */
  async function undoTo(id: number): Promise<Undone | null> {
    let undone: Undone | null = null
    await change(async (video) => {
      const { label, frame, aside, change: now } = await api.annotation.undoTo({ video, step: id })
      if (label !== null) undone = { did: 'Went to', label, frame }
      for (const text of aside) notices.show({ kind: 'info', text })
      return now
    })
    return undone
  }

  return {
    undoTo,
    ...{ setLabel, setLabels, createTrack, setKeyframe, retime, removeTrack, cutTrack, splitTrack, mergeTracks },
    ...{ setTrackAttribute, undo: () => step('Undone'), redo: () => step('Redone') },
  }
}

/**
 * Labels and tracks of the video being annotated. Every change is one call that is on disk when it returns, so there is
 * nothing to save; `saving` counts those on their way.
 */
export const useAnnotation = defineStore('annotation', () => {
  const api = useApi()
  const notices = useNotices()
  const opened = useOpened()
  const { saving, change, sinceNow, settled } = useQueue(opened)
  const { video, take } = opened
  /** A box to be put into other frames; an actor's has no attribute. */
  const copied = shallowRef<{ attribute: AttributeId | null; box: Box } | null>(null)

  /** Answers and tracks of the others are kept up to date, for those who may see them. */
  const allPeople = ref(false)

  /** Reads again what somebody else, or an undo in the library, changed in this video. */
  function readAgain(): void {
    const id = video.value?.id
    if (!id) return
    const isNewest = sinceNow()
    void api.annotation.get({ video: id }).then(
      (said) => video.value?.id === id && isNewest() && take(said),
      (error: unknown) => notices.fail(error),
    )
  }

  const changes = useChanges()
  let missed = false
  changes.on('annotation', (ids) => {
    const id = video.value?.id
    if (!id || (ids.length > 0 && !ids.includes(id))) return
    if (saving.value > 0) missed = true
    else readAgain()
  })
  // Whether a change that came while one's own was on its way was somebody else's cannot be told.
  watch([saving, allPeople], ([isSaving, all], [, before]) => {
    if (isSaving || !all || !(missed || !before)) return
    missed = false
    readAgain()
  })

  // Its video is not in another project: an edit would be refused. The same one, come back, goes on.
  watch(
    () => useProject().key,
    (_, before) => before !== null && opened.close(),
  )

  const { take: _, takeChange: __, expect: ___, chooseSpan: ____, ...shown } = opened
  const { selectSpan } = opened
  const ofSpans = useSpanEdits({ change, selectSpan })
  const edits = { ...useEdits(change, opened), ...useFollowedBoxes({ video, settled, change }), ...ofSpans }
  return { ...shown, saving, settled, copied, allPeople, ...edits }
})
