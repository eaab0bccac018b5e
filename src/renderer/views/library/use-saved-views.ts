import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { useProject } from '@renderer/stores/project'
import type { VideoFilter } from '@shared/contract/library'
import { noFilter } from '@renderer/stores/video-filter'

interface SavedView {
  name: string
  filter: VideoFilter
}

/** Filters a person named, kept for each project on this computer. */
export function useSavedViews() {
  const project = useProject()
  const kept = useLocalStorage<Record<string, SavedView[]>>('whynot.views', {})
  const path = computed(() => project.key ?? '')
  const views = computed(() =>
    (kept.value[path.value] ?? []).map(({ name, filter }) => ({ name, filter: { ...noFilter(), ...filter } })),
  )

  function write(next: SavedView[]): void {
    kept.value = { ...kept.value, [path.value]: next }
  }

  return {
    views,
    save: (name: string, filter: VideoFilter) =>
      write([...views.value.filter((view) => view.name !== name), { name, filter }]),
    remove: (name: string) => write(views.value.filter((view) => view.name !== name)),
  }
}
