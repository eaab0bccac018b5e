import type { VideoRow } from '@shared/contract/library'
import { nextTick, ref, watch } from 'vue'
import { useLibrary } from '@renderer/stores/library'
import { useNotices } from '@renderer/stores/notices'
import { type Extend, neighbour } from '@renderer/stores/selection'

interface Where {
  columns: () => number
  scrollTo: (index: number) => void
  /** Puts the keyboard's focus on what is current. */
  focus: () => void
}

/** Clicks and arrow keys in the list of videos, of which only a part is there. */
export function useVideoCursor({ columns, scrollTo, focus }: Where) {
  const library = useLibrary()
  const notices = useNotices()
  const at = ref(0)
  watch(
    () => library.total,
    (total) => (at.value = Math.min(at.value, Math.max(0, total - 1))),
  )

  function extendOf(event: MouseEvent | KeyboardEvent): Extend {
    if (event.shiftKey) return 'range'
    return event.ctrlKey || event.metaKey ? 'toggle' : 'only'
  }

  function choose(index: number, event: MouseEvent): void {
    at.value = index
    const row = library.rowAt(index)
    if (row) void library.choose(row, extendOf(event))
  }

  /** The row at the cursor, read first where it was not in view. */
  async function current(): Promise<VideoRow | undefined> {
    if (!library.rowAt(at.value)) await notices.tried(library.need(at.value, at.value))
    return library.rowAt(at.value)
  }

  async function move(event: KeyboardEvent): Promise<void> {
    at.value = neighbour(at.value, event.key, { columns: columns(), length: library.total })
    scrollTo(at.value)
    const index = at.value
    const row = await current()
    if (row && index === at.value && !event.ctrlKey) await library.choose(row, event.shiftKey ? 'range' : 'only')
    await nextTick()
    focus()
  }

  function onKey(event: KeyboardEvent): void {
    const row = library.rowAt(at.value)
    if (event.key === ' ' && row) {
      event.preventDefault()
      return void library.choose(row, 'toggle')
    }
    const keys = columns() > 1 ? /^(Arrow(Left|Right|Up|Down)|Home|End)$/ : /^(ArrowUp|ArrowDown|Home|End)$/
    if (event.altKey || !keys.test(event.key) || library.total === 0) return
    event.preventDefault()
    void move(event)
  }

  return { at, choose, onKey }
}
