import { computed, ref, shallowRef } from 'vue'
import type { Frame, TrackId } from '@shared/ids'
import type { StagePointer } from '@renderer/canvas/stage/StageView.vue'
import { type DragEnd, type DragEvent, type DragState, type Hold, drag, idle } from '@renderer/canvas/stage/box-drag'
import { cursorOf, gripAt } from '@renderer/canvas/stage/grips'
import { type Mark, markAt } from '@renderer/canvas/stage/marks'
import { useAnnotation } from '@renderer/stores/annotation'
import { useVocabulary } from '@renderer/stores/vocabulary'
import { useBoxCommands } from './use-box-commands'
import { useShownMarks } from './use-shown-marks'

export type Tool = 'select' | 'draw' | 'actor' | 'pan'

/** The stage of Annotate: which boxes are shown, and what the pointer does to them with each tool. */
export function useStageEdit(drawn: () => Frame | null) {
  const annotation = useAnnotation()
  const { resting, own, ...shown } = useShownMarks(drawn)
  const { draw, place, ...boxes } = useBoxCommands(drawn, own)
  const tool = ref<Tool>('select')
  const isDrawing = () => tool.value === 'draw' || tool.value === 'actor'
  const state = shallowRef<DragState>(idle)
  const { marks, keep } = useDraggedMarks(resting, state, () => tool.value === 'actor')

  function step(event: DragEvent, reach = 0): void {
    const { state: next, end } = drag(state.value, event, reach / 2)
    if (end && end.did !== 'click') keep(finish(end))
    state.value = next
    // What was pressed is selected already; a click beside it, or while drawing, selects what lies there.
    if (end?.did === 'click') annotation.select((markAt(resting.value, end.at, reach / 2)?.id as TrackId) ?? null)
  }

  async function finish(end: Exclude<DragEnd, { did: 'click' }>): Promise<void> {
    if (end.did !== 'draw') return boxes.setBox(end.box)
    const drawing = { anew: tool.value === 'select', asActor: tool.value === 'actor' }
    tool.value = 'select'
    await draw(end.box, drawing)
  }

  /** What a press at this point takes hold of. */
  function holdAt({ at, reach }: StagePointer): { hold: Hold; mark: Mark | null } {
    const grip = own.value ? gripAt(own.value.box, at, reach) : null
    if (own.value && grip) return { hold: { what: 'grip', grip, box: own.value.box }, mark: own.value }
    const mark = isDrawing() ? null : markAt(resting.value, at, reach / 2)
    return { hold: mark ? { what: 'box', box: mark.box } : { what: 'nothing' }, mark }
  }

  function press(pointer: StagePointer): void {
    const { hold, mark } = holdAt(pointer)
    if (mark) annotation.select(mark.id as TrackId)
    step({ type: 'press', at: pointer.at, hold }, pointer.reach)
  }

  /** Selects what lies there, as a click does. */
  function pick({ at, reach }: StagePointer): void {
    annotation.select((markAt(resting.value, at, reach / 2)?.id as TrackId) ?? null)
  }

  const cursor = ref('default')
  function move(pointer: StagePointer): void {
    step({ type: 'move', at: pointer.at }, pointer.reach)
    if (state.value.is !== 'idle') return
    const { hold } = holdAt(pointer)
    const free = isDrawing() || annotation.attribute ? 'crosshair' : 'default'
    cursor.value = hold.what === 'grip' ? cursorOf(hold.grip) : hold.what === 'box' ? 'move' : free
  }

  const release = (pointer: StagePointer) => step({ type: 'release', at: pointer.at }, pointer.reach)

  /** A box by keys alone: of an actor while that tool is in hand. */
  function placeBox(): void {
    const asActor = tool.value === 'actor'
    tool.value = 'select'
    place(asActor)
  }

  /** Gives up a drag, else the tool, else the selection. */
  function escape(): void {
    if (state.value.is !== 'idle') step({ type: 'cancel' })
    else if (tool.value !== 'select') tool.value = 'select'
    else annotation.select(null)
  }

  return { ...shown, ...boxes, place: placeBox, tool, marks, cursor, press, pick, move, release, escape }
}

/**
 * While a drag lasts the box follows the pointer and the rest stays; `keep` holds that picture until the edit that the
 * drag became has been answered, so that nothing jumps back meanwhile.
 */
function useDraggedMarks(resting: { value: Mark[] }, state: { value: DragState }, isActor: () => boolean) {
  const annotation = useAnnotation()
  const vocabulary = useVocabulary()
  const kept = shallowRef<Mark[] | null>(null)

  function dragged({ hold, shown }: DragState & { is: 'dragging' }): Mark[] {
    if (hold.what === 'nothing') {
      const slot = isActor() ? null : (vocabulary.attributeOf(annotation.attribute)?.slot ?? null)
      return [...resting.value, { id: 'draft', box: shown, look: 'draft', slot, label: '', selected: false }]
    }
    return resting.value.map((mark) => (mark.selected ? { ...mark, box: shown, look: 'key' } : mark))
  }

  const marks = computed<Mark[]>(() =>
    state.value.is === 'dragging' ? dragged(state.value) : (kept.value ?? resting.value),
  )

  function keep(until: Promise<void>): void {
    kept.value = marks.value
    void until.finally(() => (kept.value = null))
  }

  return { marks, keep }
}
