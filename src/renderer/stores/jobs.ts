import type { Job } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, triggerRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { follow } from '@renderer/connection/streams'
import { useNotices } from './notices'
import { useProject } from './project'

const order: Record<Job['state'], number> = {
  ...{ running: 0, queued: 1, paused: 2, interrupted: 3, failed: 4, cancelled: 5, done: 6 },
}

/** Work that waits, runs or has ended, as it changes. */
export const useJobs = defineStore('jobs', () => {
  const api = useApi()
  const notices = useNotices()
  const project = useProject()
  const byId = shallowRef(new Map<JobId, Job>())
  const all = computed(() => [...byId.value.values()].sort((a, b) => b.createdAt - a.createdAt))
  /** What runs, then what waits, oldest first. */
  const active = computed(() =>
    all.value
      .filter(({ state }) => state === 'running' || state === 'queued')
      .sort((a, b) => order[a.state] - order[b.state] || a.createdAt - b.createdAt),
  )

  async function refresh(): Promise<void> {
    const jobs = await notices.tried(api.jobs.list())
    if (jobs) byId.value = new Map(jobs.map((job) => [job.id, job]))
  }

  const listeners = new Set<(job: Job) => void>()

  function take(job: Job): void {
    const before = byId.value.get(job.id)
    byId.value.set(job.id, job)
    triggerRef(byId)
    if (before?.state !== job.state && hasEnded(job)) for (const listener of listeners) listener(job)
  }

  /** Calls `listener` when a job ends; ends with the caller's scope. */
  function onEnd(listener: (job: Job) => void): void {
    listeners.add(listener)
    onScopeDispose(() => listeners.delete(listener))
  }

  const of = (id: JobId | null) => (id === null ? undefined : byId.value.get(id))
  const cancel = (id: JobId) => notices.tried(api.jobs.cancel({ id }))
  const pause = (id: JobId) => notices.tried(api.jobs.pause({ id }))
  const resume = (id: JobId) => notices.tried(api.jobs.resume({ id }))

  const ended = new AbortController()
  onScopeDispose(() => ended.abort())
  void follow((signal) => api.jobs.watch(undefined, { signal }), take, {
    signal: ended.signal,
    opened: () => void refresh(),
  })
  watch(() => project.key, refresh)
  return { all, active, of, refresh, cancel, pause, resume, onEnd }
})

export function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running'
}
