import { useRouter } from 'vue-router'
import type { VideoId } from '@shared/ids'
import type { QueueOf } from '@shared/contract/work'
import { counted } from '@renderer/words/format'
import { useLibrary } from '@renderer/stores/library'
import { filterWords } from '@renderer/stores/video-filter'
import { useWork } from '@renderer/stores/work'

/** Going to Annotate with a queue: of what the library shows, of what is selected in it, or of what waits for somebody. */
export function useQueueEntry() {
  const router = useRouter()
  const library = useLibrary()
  const work = useWork()

  async function enter(name: string, of: QueueOf, at?: VideoId): Promise<void> {
    const queue = await work.enter(name, of, at)
    if (queue?.at) void router.push({ name: 'annotate', params: { video: queue.at } })
  }

  /** Everything shown, beginning at one video of it. */
  function shown(at: VideoId): Promise<void> {
    const words = [filterWords(library.filter, library.names), library.filter.text].filter(Boolean).join(', ')
    return enter(words || 'All videos', { what: 'videos', query: library.query, except: [] }, at)
  }

  /** The selected videos, beginning at the first of them. */
  function selected(): Promise<void> {
    const { chosen, query, selectedTotal } = library
    const which = Array.isArray(chosen) ? { only: chosen, except: [] } : { except: chosen.except }
    return enter(`${counted(selectedTotal, 'video')} chosen`, { what: 'videos', query, ...which })
  }

  const submitted = () => enter('Submitted by others', { what: 'submitted' })
  const returned = () => enter('Returned to you', { what: 'returned' })
  const goOn = () => void router.push({ name: 'annotate', params: {} })
  return { shown, selected, submitted, returned, goOn }
}
