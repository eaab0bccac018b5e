import { VideoFilter, type VideoPlace, type VideoQuery, type VideoRow, VideoWindow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { untilSettled } from '@renderer/connection/settled'
import { useChanges } from '@renderer/stores/changes'
import { useNotices } from '@renderer/stores/notices'
import { useProject } from '@renderer/stores/project'

/** A list as it is asked for: which videos, in which order. */
export type ListQuery = Partial<VideoQuery>

const nowhere: VideoPlace = { index: null, total: 0, done: 0, previous: null, next: null }

/**
 * Where a video stands among those a person goes through: in the first of some lists that has it, else in the last.
 * Only the place is read, never the list.
 */
export function useVideoList(lists: () => readonly ListQuery[], video: () => VideoId | undefined) {
  const api = useApi()
  const notices = useNotices()
  const project = useProject()
  const place = shallowRef(nowhere)
  let latest = 0
  let newest: Promise<unknown> = Promise.resolve()

  function read(): Promise<void> {
    const reading = find(++latest)
    newest = reading.catch(() => {})
    return reading
  }

  async function find(mine: number): Promise<void> {
    const id = video()
    if (!id || !project.current) return void (place.value = nowhere)
    let found = nowhere
    for (const list of lists()) {
      found = await api.library.place({ ...VideoFilter.parse({}), sort: 'name', direction: 'up', ...list, video: id })
      if (mine !== latest) return
      if (found.index !== null) break
    }
    place.value = found
  }

  /** The first video of `list`, or null. */
  async function first(list: ListQuery): Promise<VideoRow | null> {
    const page = await notices.tried(api.library.videos(VideoWindow.parse({ ...list, limit: 1 })))
    return page?.rows[0] ?? null
  }

  const readSoon = useDebounceFn(() => read().catch(() => {}), 250, { maxWait: 1000 })
  const changes = useChanges()
  changes.on('library', () => void readSoon())
  changes.on('annotation', () => void readSoon())
  // A video that is not there any more has no place; the screen itself says why.
  watch([video, lists, () => project.key], () => void read().catch(() => (place.value = nowhere)), {
    immediate: true,
  })

  return {
    /** From 0; -1 for a video that stands in none of the lists. */
    index: computed(() => place.value.index ?? -1),
    total: computed(() => place.value.total),
    done: computed(() => place.value.done),
    previous: computed(() => place.value.previous),
    next: computed(() => place.value.next),
    /** Resolves when the place that was asked for is known. */
    settled: () => untilSettled(() => newest),
    first,
  }
}
