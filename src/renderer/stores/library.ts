import { VideoQuery, type VideoRow } from '@shared/contract/library'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { counted } from '@renderer/words/format'
import { countFacets, filterVideos, noFilter } from './video-filter'
import { nothingSelected, keepPresent } from './selection'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { useProject } from './project'
import { useVocabulary } from './vocabulary'

/** All videos of the project, those the filter shows, and what is selected among them. */
export const useLibrary = defineStore('library', () => {
  const api = useApi()
  const project = useProject()
  const vocabulary = useVocabulary()
  const videos = shallowRef<readonly VideoRow[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  const filter = ref(noFilter())
  const sort = ref<VideoQuery['sort']>('name')
  const selection = shallowRef(nothingSelected)
  let latest = 0

  const names = computed(() => ({
    classes: new Map(vocabulary.classes.map((info) => [info.id, info])),
    attributes: new Map(vocabulary.attributes.map((info) => [info.id, info])),
  }))
  const shown = computed(() => filterVideos(videos.value, filter.value, names.value))
  const order = computed(() => shown.value.map(({ id }) => id))
  const counts = computed(() => countFacets(videos.value))
  const byId = computed(() => new Map(videos.value.map((video) => [video.id, video])))
  const selected = computed(() => [...selection.value.ids])
  const last = computed(() => (selection.value.last ? byId.value.get(selection.value.last) : undefined))

  /** Reads all videos; an answer that arrives after a newer question is dropped. */
  async function refresh(): Promise<void> {
    const mine = ++latest
    if (!project.current) return void (videos.value = [])
    try {
      const rows = await api.library.videos(VideoQuery.parse({ sort: sort.value }))
      if (mine !== latest) return
      videos.value = rows
      selection.value = keepPresent(selection.value, new Set(rows.map(({ id }) => id)))
      state.value = 'ready'
      problem.value = null
    } catch (error) {
      if (mine !== latest) return
      problem.value = error
      state.value = 'failed'
    }
  }

  watch(
    () => project.current?.path,
    () => {
      ;[state.value, filter.value, selection.value] = ['loading', noFilter(), nothingSelected]
      void refresh()
    },
    { immediate: true },
  )
  watch(sort, refresh)
  const settled = useDebounceFn(refresh, 250)
  const changes = useChanges()
  changes.on('library', () => void settled())
  changes.on('annotation', () => void settled())

  return {
    ...{ videos, state, problem, filter, sort, selection, names, shown, order, counts, byId, selected, last },
    ...{ refresh, ...useBulkEdits(refresh) },
  }
})

/** Edits of many videos at once, each with the way back in its notice. */
function useBulkEdits(refresh: () => Promise<void>) {
  const api = useApi()
  const notices = useNotices()
  const vocabulary = useVocabulary()

  /** Takes back, or does again, the last edit of the library, and says which. */
  async function step(call: 'undo' | 'redo'): Promise<void> {
    const result = await notices.tried(api.library[call]())
    if (!result) return
    await refresh()
    notices.closeUndos()
    const nothing = call === 'undo' ? 'There is nothing to undo in the library.' : 'There is nothing to redo.'
    const did = call === 'undo' ? 'Undone' : 'Redone'
    notices.show({ kind: 'info', text: result.label === null ? nothing : `${did}: ${result.label}` })
  }
  const undo = () => step('undo')
  const redo = () => step('redo')

  async function edit(work: Promise<unknown>, text: string): Promise<void> {
    if ((await notices.tried(work.then(() => true))) === null) return
    await refresh()
    notices.done(text, () => void undo())
  }

  const many = (videos: readonly VideoId[]) => counted(videos.length, 'video')
  return {
    ...{ undo, redo },
    setClass: (videos: VideoId[], id: ClassId | null) =>
      edit(api.library.setClass({ videos, class: id }), `Set class ${vocabulary.className(id)} on ${many(videos)}`),
    setSplit: (videos: VideoId[], split: 'train' | 'test' | null) =>
      edit(api.library.setSplit({ videos, split }), `Set split ${split ?? 'none'} on ${many(videos)}`),
    setAttribute: (videos: VideoId[], attribute: AttributeId, value: 'present' | 'absent' | null) =>
      edit(
        api.library.setAttribute({ videos, attribute, value }),
        `${vocabulary.attributeName(attribute)}: ${value ?? 'answer removed'} on ${many(videos)}`,
      ),
    remove: (videos: VideoId[]) => edit(api.library.remove({ videos }), `Removed ${many(videos)} from the project`),
  }
}
