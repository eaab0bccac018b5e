import type { LabelValue } from '@shared/contract/library'
import type { AttributeId } from '@shared/ids'
import { computed, ref, shallowRef, watch } from 'vue'
import { useAnnotation } from '@renderer/stores/annotation'
import { useItem } from '@renderer/stores/item'

/** Which row is current, which word is drawn, what is missing, and which words have nothing to box. */
export function useItemWork() {
  const item = useItem()
  const annotation = useAnnotation()
  const current = ref<AttributeId | null>(null)
  const boxed = ref<AttributeId | null>(null)
  const notSeen = shallowRef<ReadonlySet<AttributeId>>(new Set())

  const answerRows = computed(() => item.task?.answer ?? [])
  /** Where words are answered and boxed, only those said to be present are boxed. */
  const boxRows = computed(() => {
    const { kind, box } = item.task ?? { kind: 'attributes', box: [] }
    return kind === 'both' ? box.filter(({ id }) => item.answers[id] === 'present') : box
  })
  const rows = computed(() => (answerRows.value.length > 0 ? answerRows.value : boxRows.value))
  const isBoxed = (id: AttributeId) => annotation.tracks.some(({ attribute }) => attribute === id)
  const unboxed = computed(() => boxRows.value.filter(({ id }) => !isBoxed(id) && !notSeen.value.has(id)))
  /** What is to be done before it can be submitted, answers first. */
  const missing = computed(() => [...item.missing, ...unboxed.value])

  function toggleNotSeen(id: AttributeId): void {
    const next = new Set(notSeen.value)
    if (!next.delete(id)) next.add(id)
    notSeen.value = next
    item.touch()
  }

  /** An answer leads on to the next row that has none, and from the last one to what is to be boxed. */
  function answer(id: AttributeId, value: LabelValue): void {
    item.answer(id, value)
    const at = rows.value.findIndex((row) => row.id === id)
    const after = [...rows.value.slice(at + 1), ...rows.value.slice(0, at)]
    const next = after.find((row) => item.missing.some((one) => one.id === row.id)) ?? unboxed.value[0]
    current.value = next?.id ?? id
  }

  function move(by: 1 | -1): void {
    const at = rows.value.findIndex(({ id }) => id === current.value)
    current.value = rows.value[Math.min(rows.value.length - 1, Math.max(0, at + by))]?.id ?? null
  }

  watch(
    () => item.task?.item,
    () => {
      notSeen.value = new Set()
      current.value = missing.value[0]?.id ?? rows.value[0]?.id ?? null
    },
    { immediate: true },
  )
  /** The word that is drawn stays while others are answered, which cannot be drawn (yet). */
  watch(
    () => [current.value, boxRows.value] as const,
    ([row, words]) => {
      const isThere = (id: AttributeId | null) => words.some((word) => word.id === id)
      if (isThere(row)) boxed.value = row
      else if (!isThere(boxed.value)) boxed.value = (unboxed.value[0] ?? words[0])?.id ?? null
    },
    { immediate: true },
  )
  return { current, boxed, notSeen, answerRows, boxRows, rows, missing, answer, move, toggleNotSeen }
}
