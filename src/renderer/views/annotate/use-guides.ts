import { shallowRef, watch } from 'vue'
import type { CampaignId, VideoId } from '@shared/ids'
import { useApi } from '@renderer/connection/api'
import { useChanges } from '@renderer/stores/changes'
import { useNotices } from '@renderer/stores/notices'

/** A campaign that asks about the video shown, and how its guidelines say to answer. */
export interface Guide {
  id: CampaignId
  name: string
  html: string
}

/** The guidelines of the campaigns that ask about a video; each is read once, and again when a campaign changes. */
export function useGuides(video: () => VideoId | undefined) {
  const api = useApi()
  const notices = useNotices()
  const guides = shallowRef<readonly Guide[]>([])
  const read = new Map<CampaignId, Promise<{ html: string }>>()
  let latest = 0

  function htmlOf(id: CampaignId): Promise<{ html: string }> {
    const known = read.get(id) ?? api.campaigns.guidelines({ id })
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
    const named = await api.campaigns.explained({ video: of })
    return Promise.all(named.map(async (one) => ({ ...one, ...(await htmlOf(one.id)) })))
  }

  watch(video, find, { immediate: true })
  useChanges().on('campaigns', () => {
    read.clear()
    void find()
  })
  return guides
}
