import { useElementSize } from '@vueuse/core'
import { type ShallowRef, computed, nextTick, shallowRef, watch } from 'vue'
import { rowHeight, rowsInView, scrollTo } from './row-window'

/**
 * Only the rows that are seen stand in the list; above and below there is room for the others.
 * @param chosen place of the row that is to be seen whenever it becomes another; null for none
 */
export function useRowWindow<Row>(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  rows: () => readonly Row[],
  chosen: () => number | null,
) {
  const { height } = useElementSize(list)
  const top = shallowRef(0)
  const range = computed(() => rowsInView(rows().length, { top: top.value, height: height.value }))
  const seen = computed(() =>
    rows()
      .slice(range.value.from, range.value.to)
      .map((row, i) => ({ row, at: range.value.from + i })),
  )
  const room = computed(() => ({
    paddingTop: `${range.value.from * rowHeight}px`,
    paddingBottom: `${(rows().length - range.value.to) * rowHeight}px`,
  }))

  const scrolled = () => (top.value = list.value?.scrollTop ?? 0)

  watch(chosen, async (row) => {
    await nextTick()
    if (row === null || !list.value || height.value === 0) return
    list.value.scrollTop = scrollTo(row, { top: list.value.scrollTop, height: height.value })
    scrolled()
  })
  return { seen, room, scrolled }
}
