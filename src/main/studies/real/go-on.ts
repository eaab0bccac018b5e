import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from '@shared/contract'
import type { JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'

const lookEveryMs = 200
const isOpen = (state: JobState) => state === 'queued' || state === 'running'

/**
 * A job that was begun goes on from its last checkpoint. The caller alone has the project open: a job that is said to go on
 * was left so by a process that died, and nobody here would take it up.
 */
export async function goOn({ jobs }: Pick<Api, 'jobs'>, job: JobId): Promise<void> {
  // Until the lease of the dead process has run out, its job is only told to stop.
  while (isOpen((await jobs.get({ id: job })).state)) {
    await jobs.cancel({ id: job })
    await pause(lookEveryMs)
  }
  await jobs.resume({ id: job })
}
