import { shallowRef, watch } from 'vue'
import type { CampaignId, VideoId } from '@shared/ids'
import { useApi } from '@renderer/connection/api'
import { useChanges } from '@renderer/stores/changes'
import { useNotices } from '@renderer/stores/notices'

/** How the project, or a campaign that asks about the video shown, says to answer. */
export interface Guide {
  id: CampaignId | 'project'
  name: string
  html: string
}

/**
 * The guidelines of the project, then those of the campaigns that ask about a video; each is read once, and again when they
 * change.
 */
export function useGuides(video: () => VideoId | undefined) {
  const api = useApi()
  const notices = useNotices()
  const guides = shallowRef<readonly Guide[]>([])
  const read = new Map<Guide['id'], Promise<{ html: string }>>()
  let latest = 0

  function htmlOf(id: Guide['id']): Promise<{ html: string }> {
    const known = read.get(id) ?? (id === 'project' ? api.project.guidelines() : api.campaigns.guidelines({ id }))
    read.set(id, known)
    // What failed is asked again the next time.
    known.catch(() => read.delete(id))
    return known
  }

  /** An answer that comes after another video was opened is dropped. */
  async function find(): Promise<void> {
    const mine = ++latest
    const of = video()
    const found = of ? await notices.tried(guidesOf(of)) : []
    if (mine === latest) guides.value = found ?? []
  }

  async function guidesOf(of: VideoId): Promise<Guide[]> {
    const own = { id: 'project', name: 'This project' } as const
    const named = [own, ...(await api.campaigns.explained({ video: of }))]
    const all = await Promise.all(named.map(async ({ id, name }) => ({ id, name, html: (await htmlOf(id)).html })))
    return all.filter(({ id, html }) => id !== 'project' || html !== '')
  }

  watch(video, find, { immediate: true })
  function readAgain(): void {
    read.clear()
    void find()
  }

  const changes = useChanges()
  changes.on('campaigns', readAgain)
  changes.on('guidelines', readAgain)
  return guides
}
