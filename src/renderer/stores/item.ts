import type { Answers, NextTask, SkipReason, Task } from '@shared/contract/campaign-words'
import type { LabelValue } from '@shared/contract/library'
import type { Api } from '@shared/contract'
import type { AttributeId, CampaignId } from '@shared/ids'
import { until, useDebounceFn, useThrottleFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { type ShallowRef, computed, ref, shallowRef } from 'vue'
import { useApi, useConnection } from '@renderer/connection/api'
import { troubleOf } from '@renderer/connection/trouble'
import { useChanges } from './changes'
import { keepAnswers, keptAnswers } from './kept-answers'
import { useNotices } from './notices'

export type OwnCampaign = Awaited<ReturnType<Api['campaigns']['mine']>>[number]

/** Between two looks at a campaign that changes, ms. */
const restMs = 1000

/** Failures that end an item: there is nothing to answer any more. */
const overCodes = new Set(['ITEM_NOT_YOURS', 'ITEM_GONE', 'NOT_FOUND'])

/** What is known of the answers: on the studio's disk, on their way, or only in this browser. */
type Saved = 'saved' | 'saving' | 'kept'

/** Does a call that must not be lost: where the line is cut it is made again when there is one. */
function useSure() {
  const { state } = useConnection()
  const waiting = ref(false)

  async function sure<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call()
      } catch (error) {
        if (troubleOf(error).code !== 'UNKNOWN' || state.value === 'open') throw error
        waiting.value = true
        await until(state).toBe('open')
        waiting.value = false
      }
    }
  }

  return { sure, waiting }
}

/** The answers of a task: kept here at once, and sent when the hand rests. */
function useAnswers(task: ShallowRef<Task | null>) {
  const api = useApi()
  const { state } = useConnection()
  const answers = ref<Answers>({})
  const saved = ref<Saved>('saved')
  const leaseUntil = ref(0)

  async function send(): Promise<void> {
    const held = task.value
    if (!held) return
    try {
      const { leaseUntil: end } = await api.campaigns.hold({ item: held.item, draft: answers.value })
      if (task.value?.item !== held.item) return
      leaseUntil.value = end
      if (saved.value !== 'kept' || state.value === 'open') saved.value = 'saved'
    } catch {
      if (task.value?.item === held.item) saved.value = 'kept'
    }
  }
  const settled = useDebounceFn(send, 300)

  function begin(next: Task): void {
    answers.value = { ...next.draft, ...keptAnswers(next.item) }
    leaseUntil.value = next.leaseUntil
    saved.value = 'saved'
  }

  function answer(attribute: AttributeId, value: LabelValue): void {
    if (!task.value) return
    answers.value = { ...answers.value, [attribute]: value }
    keepAnswers(task.value.item, answers.value)
    touch()
  }

  /** Something was done: the time of the item begins anew. */
  function touch(): void {
    saved.value = 'saving'
    void settled()
  }

  return { answers, saved, leaseUntil, begin, answer, touch, send }
}

/** Which campaign is answered, and its item. */
function useGiven() {
  const api = useApi()
  const { sure, waiting } = useSure()
  const campaign = shallowRef<CampaignId | null>(null)
  const next = shallowRef<NextTask | null>(null)
  const problem = shallowRef<unknown>(null)
  const task = shallowRef<Task | null>(null)
  const own = useAnswers(task)

  function take(given: NextTask): void {
    problem.value = null
    next.value = given
    task.value = given.is === 'task' ? given.task : null
    if (task.value) own.begin(task.value)
  }

  let latest = 0
  let onTheWay = 0
  let askAgain = false

  /** Asks for the item there is now: the one held, else a new one. An answer that arrives after a later call is dropped. */
  async function load(): Promise<void> {
    const id = campaign.value
    if (!id) return
    const mine = ++latest
    onTheWay++
    askAgain = false
    try {
      const given = await sure(() => api.campaigns.next({ id }))
      if (mine === latest) take(given)
    } catch (error) {
      if (mine === latest) problem.value = error
    } finally {
      onTheWay--
    }
    if (askAgain && onTheWay === 0 && !task.value) await load()
  }

  /**
   * Asks whether there is an item by now. A question that is on its way is let come back first: where answers take longer
   * than the time between two looks, each would be dropped for the next, and who waits would never be given anything.
   */
  async function look(): Promise<void> {
    if (task.value) return
    if (onTheWay > 0) askAgain = true
    else await load()
  }

  async function open(id: CampaignId): Promise<void> {
    campaign.value = id
    next.value = null
    task.value = null
    await load()
  }

  /** What was asked before is of no use any more. */
  const drop = () => void latest++

  return { campaign, next, problem, task, own, sure, waiting, load, look, open, drop }
}

/** What an annotator has before them: their campaigns, the item they hold, and what they said of it so far. */
export const useItem = defineStore('item', () => {
  const api = useApi()
  const notices = useNotices()
  const { state } = useConnection()
  const { own, sure, ...given } = useGiven()
  const { task, load, look } = given
  const campaigns = shallowRef<readonly OwnCampaign[] | null>(null)
  const sending = ref(false)
  const missing = computed(() => (task.value?.answer ?? []).filter(({ id }) => !(id in own.answers.value)))

  async function refresh(): Promise<void> {
    const found = await notices.tried(sure(() => api.campaigns.mine()))
    campaigns.value = found ?? campaigns.value ?? []
  }

  /** Runs what ends an item, then asks for the next one. */
  async function end(call: (held: Task) => Promise<unknown>): Promise<void> {
    const held = task.value
    if (!held || sending.value) return
    sending.value = true
    try {
      given.drop()
      await sure(() => call(held))
      keepAnswers(held.item, null)
      await load()
    } catch (error) {
      notices.fail(error)
      if (overCodes.has(troubleOf(error).code)) await load()
    } finally {
      sending.value = false
    }
  }

  const submit = () => end(({ item }) => api.campaigns.submit({ item, answers: own.answers.value }))
  const skip = (reason: SkipReason, note = '') => end(({ item }) => api.campaigns.skip({ item, reason, note }))

  /** Fifty people who answer change a campaign many times a second; who waits need not ask each time. */
  const changed = useThrottleFn(() => Promise.all([refresh(), given.next.value && look()]), restMs, true)
  useChanges().on('campaigns', () => void changed())
  useChanges().on('project', () => void refresh())
  void refresh()
  return {
    ...{ ...given, campaigns, sending, missing, connection: state },
    ...{ answers: own.answers, saved: own.saved, leaseUntil: own.leaseUntil },
    ...{ refresh, submit, skip, answer: own.answer, touch: own.touch },
  }
})
