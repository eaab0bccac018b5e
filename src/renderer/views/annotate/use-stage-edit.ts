import { computed, ref, shallowRef } from 'vue'
import { type Box, area, clip, translate } from '@shared/geometry/box'
import type { AttributeId, Frame, TrackId } from '@shared/ids'
import type { StagePointer } from '../../canvas/stage/StageView.vue'
import { type DragEnd, type DragEvent, type DragState, type Hold, drag, idle } from '../../canvas/stage/box-drag'
import { cursorOf, gripAt } from '../../canvas/stage/grips'
import { type Mark, markAt } from '../../canvas/stage/marks'
import { useAnnotation } from '../../stores/annotation'
import { useNotices } from '../../stores/notices'
import { useVocabulary } from '../../stores/vocabulary'
import { annotateMarks, slotOf, trackName, valueWithBox } from './annotate-marks'

export type Tool = 'select' | 'draw' | 'pan'

/** Boxes on the stage of Annotate: which are shown, and what the pointer does to them with each tool. */
export function useStageEdit(drawn: () => Frame | null) {
  const annotation = useAnnotation()
  const vocabulary = useVocabulary()
  const notices = useNotices()
  const tool = ref<Tool>('select')
  const onion = ref(false)
  const hidden = shallowRef<ReadonlySet<TrackId>>(new Set())
  const state = shallowRef<DragState>(idle)
  const cursor = ref('default')

  const resting = computed<Mark[]>(() => {
    const frame = drawn()
    if (frame === null) return []
    const choice = { frame, selected: annotation.selected, onion: onion.value, hidden: hidden.value }
    return annotateMarks(annotation.tracks, vocabulary.attributeOf, choice)
  })
  const marks = computed<Mark[]>(() => (state.value.is === 'dragging' ? dragged(state.value) : resting.value))

  /** While a drag lasts, the box follows the pointer; the rest stays. */
  function dragged({ hold, shown }: DragState & { is: 'dragging' }): Mark[] {
    if (hold.what === 'nothing') {
      const slot = vocabulary.attributeOf(annotation.attribute)?.slot ?? null
      return [...resting.value, { id: 'draft', box: shown, look: 'draft', slot, label: '', selected: false }]
    }
    return resting.value.map((mark) => (mark.selected ? { ...mark, box: shown, look: 'key' } : mark))
  }

  function step(event: DragEvent, reach = 0): void {
    const { state: next, end } = drag(state.value, event, reach / 2)
    state.value = next
    if (end) void finish(end, reach)
  }

  /** What a press at this point takes hold of. */
  function holdAt({ at, reach }: StagePointer): { hold: Hold; mark: Mark | null } {
    const own = resting.value.find((mark) => mark.selected)
    const grip = own ? gripAt(own.box, at, reach) : null
    if (own && grip) return { hold: { what: 'grip', grip, box: own.box }, mark: own }
    const mark = tool.value === 'draw' ? null : markAt(resting.value, at, reach / 2)
    return { hold: mark ? { what: 'box', box: mark.box } : { what: 'nothing' }, mark }
  }

  function press(pointer: StagePointer): void {
    const { hold, mark } = holdAt(pointer)
    if (mark) annotation.select(mark.id as TrackId)
    else if (tool.value !== 'draw') return annotation.select(null)
    step({ type: 'press', at: pointer.at, hold }, pointer.reach)
  }

  function move(pointer: StagePointer): void {
    step({ type: 'move', at: pointer.at }, pointer.reach)
    const { hold } = holdAt(pointer)
    const free = tool.value === 'draw' ? 'crosshair' : 'default'
    if (state.value.is === 'idle')
      cursor.value = hold.what === 'grip' ? cursorOf(hold.grip) : hold.what === 'box' ? 'move' : free
  }

  function release(pointer: StagePointer): void {
    step({ type: 'release', at: pointer.at }, pointer.reach)
  }

  async function finish(end: DragEnd, reach: number): Promise<void> {
    const frame = drawn()
    if (frame === null) return
    if (end.did === 'click') {
      const mark = markAt(resting.value, end.at, reach / 2)
      if (tool.value === 'draw') annotation.select((mark?.id as TrackId | undefined) ?? null)
      return
    }
    if (end.did === 'draw') return draw(end.box, frame)
    await setBox(end.box)
  }

  /** A drawn box goes on with the selected track where it is not visible, else it begins a new one. */
  async function draw(drawnBox: Box, frame: Frame): Promise<void> {
    const picture = annotation.video
    const box = picture ? clip(drawnBox, picture) : drawnBox
    if (area(box) === 0) return
    const { track, attribute } = annotation
    const goesOn = track && track.attribute === attribute && !resting.value.some((mark) => mark.selected)
    if (goesOn) await annotation.setKeyframe(track.id, frame, valueWithBox(track.keyframes, frame, box))
    else if (attribute) await annotation.createTrack(attribute, frame, box)
    else notices.show({ kind: 'info', text: 'Choose an attribute first: click its row, or press its number.' })
    tool.value = 'select'
  }

  /** Sets the box of the selected track in the frame drawn; that makes a key frame of it. */
  async function setBox(box: Box): Promise<void> {
    const [frame, { track }] = [drawn(), annotation]
    if (frame === null || !track) return
    await annotation.setKeyframe(track.id, frame, valueWithBox(track.keyframes, frame, box))
  }

  function nudge(x: number, y: number): void {
    const own = resting.value.find((mark) => mark.selected)
    if (own) void setBox(translate(own.box, { x, y }))
  }

  function copy(): void {
    const own = resting.value.find((mark) => mark.selected)
    const attribute = annotation.track?.attribute
    if (own && attribute) annotation.copied = { attribute, box: own.box }
  }

  /** Puts the copied box into the frame drawn: on the selected track of that attribute, or as a new one. */
  async function paste(): Promise<void> {
    const [frame, { copied, track }] = [drawn(), annotation]
    if (frame === null || !copied) return
    if (track?.attribute === copied.attribute)
      await annotation.setKeyframe(track.id, frame, valueWithBox(track.keyframes, frame, copied.box))
    else await annotation.createTrack(copied.attribute as AttributeId, frame, copied.box)
  }

  /** Gives up a drag, else the tool, else the selection. */
  function escape(): void {
    if (state.value.is !== 'idle') step({ type: 'cancel' })
    else if (tool.value !== 'select') tool.value = 'select'
    else annotation.select(null)
  }

  function toggleHidden(track: TrackId): void {
    const next = new Set(hidden.value)
    if (!next.delete(track)) next.add(track)
    hidden.value = next
  }

  const rows = computed(() =>
    annotation.tracks.map((track) => ({
      ...{ id: track.id, keyframes: track.keyframes, hidden: hidden.value.has(track.id) },
      ...{ name: trackName(track, vocabulary.attributeOf), slot: slotOf(track, vocabulary.attributeOf) },
    })),
  )

  return {
    ...{ tool, onion, marks, rows, cursor, press, move, release },
    ...{ setBox, nudge, copy, paste, escape, toggleHidden },
  }
}
