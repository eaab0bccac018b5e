import type { ConsensusRule } from '@shared/config/campaign'
import type { Disagreement, Quality } from '@shared/contract/campaign-quality'
import type { Campaign, CampaignState } from '@shared/contract/campaign-words'
import type { ChangeCampaign, CreateCampaign } from '@shared/contract/campaigns'
import type { CampaignId, ItemId, PersonId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import type { z } from 'zod'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { useProject } from './project'

/** What one campaign comes to so far: agreement and people, and what waits for a reviewer. */
function useResults() {
  const api = useApi()
  const notices = useNotices()
  const of = shallowRef<CampaignId | null>(null)
  const quality = shallowRef<Quality | null>(null)
  const disagreements = shallowRef<readonly Disagreement[]>([])
  const resultState = ref<'loading' | 'ready'>('loading')
  let latest = 0

  /** Reads them anew. An answer that arrives after a later call is dropped. */
  async function readResults(): Promise<void> {
    const id = of.value
    if (!id) return
    const mine = ++latest
    const found = await notices.tried(
      Promise.all([api.campaigns.quality({ id }), api.campaigns.disagreements({ id, decided: true })]),
    )
    if (mine !== latest || of.value !== id) return
    if (found) [quality.value, disagreements.value] = found
    resultState.value = 'ready'
  }

  async function choose(id: CampaignId | null): Promise<void> {
    if (of.value === id) return
    of.value = id
    quality.value = null
    disagreements.value = []
    resultState.value = 'loading'
    await readResults()
  }

  return { of, quality, disagreements, resultState, choose, readResults }
}

/** Campaigns of the project, for those who run and review them. */
export const useCampaigns = defineStore('campaigns', () => {
  const api = useApi()
  const notices = useNotices()
  const list = shallowRef<readonly Campaign[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  const results = useResults()
  const chosen = computed(() => list.value.find(({ id }) => id === results.of.value) ?? null)
  const open = computed(() => results.disagreements.value.filter(({ decision }) => !decision))

  async function refresh(): Promise<void> {
    try {
      list.value = await api.campaigns.list()
      problem.value = null
      state.value = 'ready'
    } catch (error) {
      problem.value = error
      state.value = 'failed'
    }
  }

  /** Runs a change, shows what came of it, and reads everything again. */
  async function changed<T>(work: Promise<T>): Promise<T | null> {
    const done = await notices.tried(work)
    await Promise.all([refresh(), results.readResults()])
    return done
  }

  const create = (asked: z.input<typeof CreateCampaign>) => changed(api.campaigns.create(asked))
  const change = (asked: z.input<typeof ChangeCampaign>) => changed(api.campaigns.change(asked))
  const setState = (id: CampaignId, to: Exclude<CampaignState, 'draft'>) =>
    changed(api.campaigns.setState({ id, state: to }))
  const remove = (id: CampaignId) => changed(api.campaigns.remove({ id }))
  const consolidate = (id: CampaignId, rule?: ConsensusRule) => changed(api.campaigns.consolidate({ id, rule }))
  const undoConsolidation = (id: CampaignId) => changed(api.campaigns.undoConsolidation({ id }))
  const leaveOut = (id: CampaignId, person: PersonId, leftOut: boolean) =>
    changed(api.campaigns.leaveOut({ id, person, leftOut }))
  const askAgain = (id: CampaignId, of: { items?: ItemId[]; answeredBy?: PersonId }) =>
    changed(api.campaigns.askAgain({ id, ...of }))

  const settled = useDebounceFn(() => Promise.all([refresh(), results.readResults()]), 400)
  const changes = useChanges()
  changes.on('campaigns', () => void settled())
  watch(
    () => useProject().key,
    () => {
      void results.choose(null)
      void refresh()
    },
  )
  void refresh()
  return {
    ...{ list, state, problem, chosen, open, refresh },
    ...results,
    ...{ create, change, setState, remove, consolidate, undoConsolidation, leaveOut, askAgain },
  }
})
