import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from '@shared/contract'
import type { Job } from '@shared/contract/jobs'
import { Failure, failureFrom } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { Option } from 'commander'
import { ownClient } from '@main/api/own-client'
import { ProjectPaths } from '@main/project/project-paths'
import { readHolder } from '@main/store/database/lock-holder'
import type { Studio } from '@main/studio'
import type { Workspace } from '@main/workspace'
import { joinStudio } from './joined-studio'
import type { Terminal } from './terminal'

/** Short beside any job, long beside a look. */
const lookEveryMs = 100

/** Opens a studio in this process; every command that needs one closes it again. */
export type OpenStudio = () => Studio

export interface ProjectOptions {
  project?: string
}

export interface CommandParts {
  terminal: Terminal
  open: OpenStudio
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

/** Does something with a project that this process opens and closes. */
export async function withProject<T>(
  { terminal, open }: CommandParts,
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
 * Does something with a project by way of the contract: through the studio that holds the project, where there is one, so
 * that everything appears there; else in this process.
 */
export async function withApi<T>(
  parts: CommandParts,
  options: ProjectOptions,
  action: (api: Api) => Promise<T>,
): Promise<T> {
  const folder = projectFolder(options, parts.terminal)
  const holder = readHolder(new ProjectPaths(folder).lock)
  const joined = holder?.api ? await joinStudio(holder.api) : null
  if (!joined) return withProject(parts, options, (_, studio) => action(ownClient(studio)))
  try {
    return await Promise.race([action(joined.api), joined.lost])
  } finally {
    joined.close()
  }
}

/**
 * Follows a job to its end with a bar; Ctrl+C asks it to stop.
 * Throws the failure it ended with, or Failure INTERRUPTED where it was stopped.
 */
export async function follow({ jobs }: Pick<Api, 'jobs'>, id: JobId, terminal: Terminal): Promise<Job> {
  const { bar, interrupted } = terminal
  // One that has just ended needs no stop.
  const stop = () => void jobs.cancel({ id }).catch(() => {})
  const unwatch = new AbortController()
  interrupted.addEventListener('abort', stop, { once: true })
  if (interrupted.aborted) stop()
  try {
    void showProgress({ jobs }, id, { bar, signal: unwatch.signal })
    for (let now = await jobs.get({ id }); ; now = await jobs.get({ id })) {
      if (now.state !== 'queued' && now.state !== 'running') return ended(now)
      await pause(lookEveryMs)
    }
  } finally {
    unwatch.abort()
    bar(null)
    interrupted.removeEventListener('abort', stop)
  }
}

/** A bar that breaks off is no reason to stop the work. */
async function showProgress(
  { jobs }: Pick<Api, 'jobs'>,
  id: JobId,
  { bar, signal }: { bar: Terminal['bar']; signal: AbortSignal },
): Promise<void> {
  try {
    for await (const job of await jobs.watch(undefined, { signal }))
      if (job.id === id && job.progress && !signal.aborted) bar(job.progress)
  } catch {
    // The end of the watch, or of the studio: whoever waits for the job hears of it.
  }
}

function ended(job: Job): Job {
  if (job.state === 'done') return job
  throw (job.failure && failureFrom(job.failure)) ?? new Failure('INTERRUPTED', {})
}
