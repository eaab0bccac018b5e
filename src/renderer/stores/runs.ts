import type { Evaluation } from '@shared/contract/evaluation'
import type { Run } from '@shared/contract/learning'
import type { Sweep } from '@shared/contract/sweeps'
import type { RunId, SweepId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useJobs } from './jobs'
import { useNotices } from './notices'
import { useProject } from './project'

/** Training runs, newest first, and the newest finished evaluation of each explanation. */
export const useRuns = defineStore('runs', () => {
  const api = useApi()
  const project = useProject()
  const runs = shallowRef<readonly Run[]>([])
  const sweeps = shallowRef<readonly Sweep[]>([])
  const evaluations = shallowRef<readonly Evaluation[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  let latest = 0

  async function refresh(): Promise<void> {
    const mine = ++latest
    if (!project.current) return void (runs.value = [])
    try {
      const found = await Promise.all([api.learning.runs(), api.evaluation.list(), api.sweeps.list()])
      if (mine !== latest) return
      ;[runs.value, evaluations.value, sweeps.value] = found
      state.value = 'ready'
    } catch (error) {
      if (mine !== latest) return
      problem.value = error
      state.value = 'failed'
    }
  }

  /** Those that nobody has put away. */
  const kept = computed(() => runs.value.filter(({ archived }) => !archived))
  const of = (id: RunId | null | undefined) => runs.value.find((run) => run.id === id)
  const evaluationOf = (id: RunId) =>
    evaluations.value.find((evaluation) => evaluation.run === id && evaluation.state === 'done')

  const sweepOf = (id: SweepId | null | undefined) => sweeps.value.find((sweep) => sweep.id === id)

  watch(
    () => project.key,
    () => {
      state.value = 'loading'
      void refresh()
    },
    { immediate: true },
  )
  const settled = useDebounceFn(refresh, 200)
  const changes = useChanges()
  changes.on('runs', () => void settled())
  changes.on('evaluations', () => void settled())
  useJobs().onEnd(() => void settled())
  return {
    ...{ runs, sweeps, evaluations, state, problem, refresh, of, evaluationOf, kept, sweepOf },
    ...{ ...runCalls(refresh), ...sweepCalls(refresh) },
  }
})

/** What is done to one run. */
function runCalls(refresh: () => Promise<void>) {
  const api = useApi()
  const notices = useNotices()

  async function remove(run: Run): Promise<void> {
    if ((await notices.tried(api.learning.remove({ id: run.id }).then(() => true))) === null) return
    await refresh()
    notices.done(`Deleted ${run.name} with its files`)
  }

  async function archive(run: Run, archived: boolean): Promise<void> {
    if ((await notices.tried(api.learning.archive({ id: run.id, archived }))) === null) return
    await refresh()
    notices.done(archived ? `Archived ${run.name}` : `Brought ${run.name} back`)
  }

  async function describe(run: Run, words: { tags?: string[]; note?: string }): Promise<void> {
    if ((await notices.tried(api.learning.describe({ id: run.id, ...words }))) !== null) await refresh()
  }

  /** Trains it once more; the new run, or null where it was refused. */
  async function again(run: Run): Promise<RunId | null> {
    const started = await notices.tried(api.learning.again({ id: run.id }))
    await refresh()
    return started?.run ?? null
  }

  const freedBy = (run: Run) => notices.tried(api.learning.freedBy({ id: run.id }))
  return { remove, archive, describe, again, freedBy }
}

/** What is done to the runs of a sweep together. */
function sweepCalls(refresh: () => Promise<void>) {
  const api = useApi()
  const notices = useNotices()

  async function removeSweep({ id, name }: Sweep): Promise<void> {
    if ((await notices.tried(api.sweeps.remove({ id }).then(() => true))) === null) return
    await refresh()
    notices.done(`Deleted ${name} with its runs and their files`)
  }

  return {
    removeSweep,
    freedBySweep: ({ id }: Sweep) => notices.tried(api.sweeps.freedBy({ id })),
    stopSweep: (id: SweepId) => notices.tried(api.sweeps.stop({ id })),
    pauseSweep: (id: SweepId) => notices.tried(api.sweeps.pause({ id })),
    resumeSweep: (id: SweepId) => notices.tried(api.sweeps.resume({ id })),
  }
}
