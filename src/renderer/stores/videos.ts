import type { LabelValue, VideoRow } from '@shared/contract/library'
import type { AttributeId, VideoId } from '@shared/ids'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useApi } from '../api'
import { useChanges } from './changes'
import { useProject } from './project'

/** The videos of the project in the order of their names, for going from one to the next. */
export const useVideos = defineStore('video-list', () => {
  const api = useApi()
  const project = useProject()
  const rows = shallowRef<readonly VideoRow[]>([])
  const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  const byId = computed(() => new Map(rows.value.map((row) => [row.id, row])))
  let latest = 0

  async function refresh(): Promise<void> {
    const mine = ++latest
    if (!project.current) return
    try {
      const found = await api.library.videos({})
      if (mine !== latest) return
      rows.value = found
      state.value = 'ready'
    } catch (error) {
      if (mine !== latest) return
      problem.value = error
      state.value = 'failed'
    }
  }

  /** Takes over the answers of one video, so that its row is right without reading all again. */
  function answered(
    video: VideoId,
    labels: readonly { attribute: AttributeId; value: LabelValue }[],
    of: number,
  ): void {
    const row = byId.value.get(video)
    if (!row) return
    const annotation = labels.length === 0 ? 'new' : labels.length < of ? 'partly' : 'done'
    const attributes = labels.filter(({ value }) => value === 'present').map(({ attribute }) => attribute)
    rows.value = rows.value.map((other) => (other === row ? { ...row, annotation, attributes } : other))
  }

  useChanges().on('library', () => void refresh())
  watch(() => project.current?.path, refresh, { immediate: true })
  return { rows, state, problem, byId, refresh, answered }
})
