import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Job } from '@shared/contract/jobs'
import { Failure, failureFrom } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { Option } from 'commander'
import type { Studio } from '@main/studio'
import type { Workspace } from '@main/workspace'
import type { Terminal } from './terminal'

/** Opens a studio in this process; every command that needs one closes it again. */
export type OpenStudio = () => Studio

export interface ProjectOptions {
  project?: string
}

export function projectOption(): Option {
  return new Option('--project <folder>', 'the project; this folder when it is one')
}

/** The project a command means. Throws Failure PROJECT_NOT_FOUND. */
export function projectFolder({ project }: ProjectOptions, { cwd }: Terminal): string {
  const folder = resolve(cwd, project ?? '.')
  if (!existsSync(join(folder, 'project.db'))) throw new Failure('PROJECT_NOT_FOUND', { path: folder })
  return folder
}

/** Does something with a studio and closes it, whatever happens. */
export async function withStudio<T>(open: OpenStudio, action: (studio: Studio) => Promise<T>): Promise<T> {
  const studio = open()
  try {
    return await action(studio)
  } finally {
    await studio.close()
  }
}

/** Does something with an open project and closes it. */
export async function withProject<T>(
  { terminal, open }: { terminal: Terminal; open: OpenStudio },
  options: ProjectOptions,
  action: (workspace: Workspace, studio: Studio) => Promise<T>,
): Promise<T> {
  const folder = projectFolder(options, terminal)
  return withStudio(open, async (studio) => {
    await studio.open(folder)
    return action(studio.workspace(), studio)
  })
}

/**
 * Follows a job to its end with a bar; Ctrl+C asks it to stop.
 * Throws the failure it ended with, or Failure INTERRUPTED where it was stopped.
 */
export async function follow(studio: Studio, id: JobId, { bar, interrupted }: Terminal): Promise<Job> {
  // One that has just ended needs no stop.
  const stop = () => void studio.jobs.cancel(id).catch(() => {})
  interrupted.addEventListener('abort', stop, { once: true })
  if (interrupted.aborted) stop()
  try {
    for await (const job of studio.jobs.watch()) {
      if (job.id === id && job.progress) bar(job.progress)
      const now = await studio.jobs.get(id)
      if (now.state !== 'queued' && now.state !== 'running') return ended(now)
    }
    throw new Failure('INTERRUPTED', {})
  } finally {
    bar(null)
    interrupted.removeEventListener('abort', stop)
  }
}

function ended(job: Job): Job {
  if (job.state === 'done') return job
  throw (job.failure && failureFrom(job.failure)) ?? new Failure('INTERRUPTED', {})
}
