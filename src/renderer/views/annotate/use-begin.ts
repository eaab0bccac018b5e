import { computed, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { VideoQuery, type VideoRow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import type { ListQuery } from '@renderer/desk/use-video-list'
import { useLibrary } from '@renderer/stores/library'
import { filterWords } from '@renderer/stores/video-filter'
import { useWork } from '@renderer/stores/work'

/**
 * Where Annotate begins when its address names no video: where the queue was left, at the end of the queue, or (there
 * is none) with a queue of what the library shows, at the first of them that is not answered yet.
 */
export function useBegin(video: () => string | undefined, first: (list: ListQuery) => Promise<VideoRow | null>) {
  const router = useRouter()
  const library = useLibrary()
  const work = useWork()
  /** Looking through a finished queue once more. */
  const looking = ref(false)
  const ended = computed(() => !video() && !looking.value && work.queue !== null && work.queue.open === null)

  const show = (id: VideoId) => void router.replace({ name: 'annotate', params: { video: id } })

  async function begin(): Promise<void> {
    if (video() || library.state !== 'ready' || !work.known || ended.value) return
    if (work.queue) return void (work.queue.at && show(work.queue.at))
    const { query } = library
    const unfinished = await first({ ...query, annotation: ['new', 'partly'], readable: true })
    const all = library.total > 0 ? query : VideoQuery.parse({})
    const at = (unfinished ?? (await first(all)))?.id
    if (!at || video()) return
    const words = library.total > 0 ? [filterWords(library.filter, library.names), library.filter.text] : []
    await work.enter(words.filter(Boolean).join(', ') || 'All videos', { what: 'videos', query: all, except: [] }, at)
    if (!video()) show(at)
  }

  watch([video, () => library.state, () => library.isEmpty, () => work.known], begin, { immediate: true })

  function again(): void {
    looking.value = true
    void begin()
  }
  return { ended, again }
}
