import type { Task } from '@shared/contract/campaign-words'
import type { Track } from '@shared/contract/annotation'
import { type Box, area, clip } from '@shared/geometry/box'
import { boxAt } from '@shared/geometry/track'
import type { AttributeId, Frame, TrackId } from '@shared/ids'
import { computed, ref, shallowRef } from 'vue'
import type { StagePointer } from '@renderer/canvas/stage/StageView.vue'
import { type DragEnd, type DragEvent, type DragState, type Hold, drag, idle } from '@renderer/canvas/stage/box-drag'
import { cursorOf, gripAt } from '@renderer/canvas/stage/grips'
import { type Mark, markAt } from '@renderer/canvas/stage/marks'
import { useAnnotation } from '@renderer/stores/annotation'

type Word = Task['box'][number]

/** A track as a mark of the frame. */
function markOf(track: Track, word: Word | undefined, frame: Frame, selected: boolean): Mark[] {
  const box = boxAt(track.keyframes, frame)
  const inForce = track.keyframes.findLast((key) => key.frame <= frame)
  if (!box || !inForce || !word) return []
  const look = inForce.occluded ? 'occluded' : inForce.frame === frame ? 'key' : 'between'
  return [{ id: track.id, box, look, slot: word.slot, label: word.name, selected }]
}

/** What a drag is doing, as marks: the box held follows the pointer, and stays there until its edit is answered. */
function shownMarks(resting: readonly Mark[], state: DragState, slot: number | null): readonly Mark[] {
  if (state.is !== 'dragging') return resting
  if (state.hold.what === 'nothing')
    return [...resting, { id: 'draft', box: state.shown, look: 'draft', slot, label: '', selected: false }]
  return resting.map((mark) => (mark.selected ? { ...mark, box: state.shown, look: 'key' } : mark))
}

/** The key frames of the track that is selected, in the frame shown. */
function useKeyframes(drawn: () => Frame | null) {
  const annotation = useAnnotation()

  async function setBox(box: Box): Promise<void> {
    const [frame, { track }] = [drawn(), annotation]
    if (frame === null || !track) return
    const inForce = track.keyframes.findLast((key) => key.frame <= frame)
    await annotation.setKeyframe(track.id, frame, { box, outside: false, occluded: inForce?.occluded ?? false })
  }

  /** The object is gone from here on, or is seen again. */
  function toggle(flag: 'outside' | 'occluded'): void {
    const [frame, { track }] = [drawn(), annotation]
    const inForce = frame === null ? undefined : track?.keyframes.findLast((key) => key.frame <= frame)
    if (frame === null || !track || !inForce) return
    const { outside, occluded } = inForce
    const box = boxAt(track.keyframes, frame) ?? inForce.box
    const value = { box, outside, occluded, [flag]: !inForce[flag] }
    void annotation.setKeyframe(track.id, frame, value)
  }

  function removeKeyframe(): void {
    const [frame, { track }] = [drawn(), annotation]
    const isKey = track?.keyframes.some((key) => key.frame === frame)
    if (frame !== null && track && isKey) void annotation.setKeyframe(track.id, frame, null)
  }

  return { setBox, toggle, removeKeyframe }
}

/** What is drawn of the words, as marks of the frame shown; of the selected object, the mark that is held. */
function useResting(drawn: () => Frame | null, words: () => readonly Word[]) {
  const annotation = useAnnotation()
  const wordOf = (id: AttributeId | null) => words().find((word) => word.id === id)
  const tracks = computed(() => annotation.tracks.filter(({ attribute }) => wordOf(attribute) !== undefined))
  const resting = computed(() => {
    const frame = drawn()
    if (frame === null) return []
    const { selected } = annotation
    return tracks.value
      .flatMap((track) => markOf(track, wordOf(track.attribute), frame, track.id === selected))
      .sort((a, b) => Number(a.selected) - Number(b.selected))
  })
  const own = computed(() => resting.value.find(({ selected }) => selected) ?? null)

  /** A word is chosen for drawing, and what is drawn of it is selected. */
  function choose(word: AttributeId): void {
    const here = tracks.value.filter(({ attribute }) => attribute === word)
    annotation.select(here.find(({ id }) => resting.value.some((mark) => mark.id === id))?.id ?? here[0]?.id ?? null)
    annotation.attribute = word
  }

  return { wordOf, tracks, resting, own, choose }
}

/** The boxes of an item: whoever answers draws them in the video, for the word that is current. */
export function useItemBoxes(drawn: () => Frame | null, words: () => readonly Word[]) {
  const annotation = useAnnotation()
  const keys = useKeyframes(drawn)
  const { wordOf, tracks, resting, own, choose } = useResting(drawn, words)
  const state = shallowRef<DragState>(idle)
  const kept = shallowRef<readonly Mark[] | null>(null)
  const cursor = ref('crosshair')
  const slot = () => wordOf(annotation.attribute)?.slot ?? null
  const marks = computed(() => kept.value ?? shownMarks(resting.value, state.value, slot()))

  /** A new box goes on with the selected object where that is not seen, else it is another object of the word. */
  async function draw(box: Box): Promise<void> {
    const [frame, { video, track, attribute }] = [drawn(), annotation]
    const inside = video ? clip(box, video) : box
    if (frame === null || !attribute || area(inside) === 0) return
    if (track?.attribute === attribute && !own.value) await keys.setBox(inside)
    else await annotation.createTrack(attribute, frame, inside)
  }

  const finish = (end: Exclude<DragEnd, { did: 'click' }>) =>
    end.did === 'draw' ? draw(end.box) : keys.setBox(end.box)

  function step(event: DragEvent, reach = 0): void {
    const shown = marks.value
    const { state: next, end } = drag(state.value, event, reach / 2)
    if (end && end.did !== 'click') {
      kept.value = shown
      void finish(end).finally(() => (kept.value = null))
    }
    state.value = next
  }

  function holdAt({ at, reach }: StagePointer): { hold: Hold; mark: Mark | null } {
    const grip = own.value && gripAt(own.value.box, at, reach)
    if (own.value && grip) return { hold: { what: 'grip', grip, box: own.value.box }, mark: own.value }
    const mark = markAt(resting.value, at, reach / 2)
    return { hold: mark ? { what: 'box', box: mark.box } : { what: 'nothing' }, mark }
  }

  function press(pointer: StagePointer): void {
    const { hold, mark } = holdAt(pointer)
    if (mark) annotation.select(mark.id as TrackId)
    step({ type: 'press', at: pointer.at, hold }, pointer.reach)
  }

  function move(pointer: StagePointer): void {
    step({ type: 'move', at: pointer.at }, pointer.reach)
    if (state.value.is !== 'idle') return
    const { hold } = holdAt(pointer)
    cursor.value = hold.what === 'grip' ? cursorOf(hold.grip) : hold.what === 'box' ? 'move' : 'crosshair'
  }

  const release = (pointer: StagePointer) => step({ type: 'release', at: pointer.at }, pointer.reach)
  const remove = () => annotation.track && void annotation.removeTrack(annotation.track.id)

  return { ...keys, tracks, marks, cursor, choose, press, move, release, remove }
}
