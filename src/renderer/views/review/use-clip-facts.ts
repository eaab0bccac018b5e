import { shallowReactive } from 'vue'
import type { Track } from '@shared/contract/annotation'
import type { Outcome } from '@shared/contract/evaluation'
import type { VideoId } from '@shared/ids'
import { useApi } from '@renderer/connection/api'
import { playableOf } from '@renderer/canvas/player/playable'
import type { PlayableVideo } from '@renderer/canvas/player/player'
import { useChanges } from '@renderer/stores/changes'
import { usePlayerStore } from '@renderer/stores/player'

/** What a clip needs to be shown; the video is null, and there are no tracks, until they are read. */
export interface ClipFacts {
  video: PlayableVideo | null
  truth: readonly Track[]
}

const nothing: ClipFacts = { video: null, truth: [] }

/** Videos and people's boxes of outcomes, read when they are first shown. */
export function useClipFacts() {
  const api = useApi()
  const shared = usePlayerStore()
  const facts = shallowReactive(new Map<VideoId, ClipFacts>())

  async function read(video: VideoId): Promise<void> {
    facts.set(video, facts.get(video) ?? nothing)
    try {
      const [detail, said] = await Promise.all([shared.detail(video), api.annotation.get({ video, of: 'everybody' })])
      facts.set(video, { video: playableOf(detail), truth: said.tracks })
    } catch {
      // The video was removed since; its tile stays empty, the numbers stand.
      facts.set(video, nothing)
    }
  }

  function of({ video }: Pick<Outcome, 'video'>): ClipFacts {
    const known = facts.get(video)
    // Reading must not happen while a template is being drawn.
    if (!known) queueMicrotask(() => facts.has(video) || void read(video))
    return known ?? nothing
  }

  useChanges().on('annotation', (ids) => {
    for (const video of facts.keys()) if (ids.length === 0 || ids.includes(video)) void read(video)
  })
  return of
}
