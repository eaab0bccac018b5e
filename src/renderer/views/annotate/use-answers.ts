import type { Ref } from 'vue'
import type { LabelValue } from '@shared/contract/library'
import type { AttributeId } from '@shared/ids'
import { useAnnotation } from '@renderer/stores/annotation'
import type { AttributeRow } from './attribute-rows'

/** Answers by keys: to the row of a hotkey, to the current row, or to all that are left. */
export function useAnswers(rows: Ref<readonly AttributeRow[]>, choose: (attribute: AttributeId) => void) {
  const annotation = useAnnotation()
  const place = () => rows.value.findIndex(({ attribute }) => attribute.id === annotation.attribute)

  /** Answers that were given and not yet saved: a fast hand is ahead of the rows. */
  const onTheWay = new Map<string, LabelValue | null>()
  const placeOf = (attribute: AttributeId) => `${annotation.video?.id} ${attribute}`

  function answer(attribute: AttributeId, value: LabelValue | null): void {
    annotation.attribute = attribute
    const here = placeOf(attribute)
    onTheWay.set(here, value)
    void annotation.setLabel(attribute, value).finally(() => {
      if (onTheWay.get(here) === value) onTheWay.delete(here)
    })
  }

  /** What is said of a row, saved or not: by this person, or by its class. */
  function saidOf({ attribute, value, source }: AttributeRow): Pick<AttributeRow, 'value' | 'source'> {
    const given = onTheWay.get(placeOf(attribute.id))
    return given === undefined ? { value, source } : { value: given, source: given && 'person' }
  }

  /** The row above or below becomes the current one. */
  function move(by: 1 | -1): void {
    const to = rows.value[place() + by]
    if (to) choose(to.attribute.id)
  }

  /** The next row after the current one, and round, that nobody answered; else the one below. */
  function moveOn(): void {
    const at = place()
    const round = [...rows.value.slice(at + 1), ...rows.value.slice(0, Math.max(0, at))]
    const next = round.find((row) => saidOf(row).value === null) ?? rows.value[at + 1]
    if (next) choose(next.attribute.id)
  }

  /** Answers the current row and goes on; one that is present and waits for its box stays current. */
  function answerCurrent(value: LabelValue): void {
    const row = rows.value[place()] ?? rows.value[0]
    if (row) answerAndMoveOn(row.attribute.id, value)
  }

  function answerAndMoveOn(attribute: AttributeId, value: LabelValue): void {
    answer(attribute, value)
    const waitsForBox = annotation.video?.split === 'test' && value === 'present'
    if (!waitsForBox || annotation.tracks.some((track) => track.attribute === attribute)) moveOn()
  }

  /** The rows without an answer of one's own: what is said of the class is confirmed, the rest gets `value`. */
  function answerRest(value: LabelValue): Promise<unknown> {
    return annotation.setLabels(
      rows.value.flatMap((row) => {
        const { value: said, source } = saidOf(row)
        if (said !== null) return source === 'class' ? [{ attribute: row.attribute.id, value: said }] : []
        return [{ attribute: row.attribute.id, value }]
      }),
    )
  }

  /** What is said of the class becomes this person's own answer. */
  function confirm(): void {
    void annotation.setLabels(
      rows.value.flatMap((row) => {
        const { value, source } = saidOf(row)
        return source === 'class' && value ? [{ attribute: row.attribute.id, value }] : []
      }),
    )
  }

  return { answer, answerAndMoveOn, answerCurrent, answerRest, confirm, move }
}
