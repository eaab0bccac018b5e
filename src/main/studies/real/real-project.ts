import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from '@shared/contract'
import type { Job } from '@shared/contract/jobs'
import { DataPlan } from '@shared/contract/interchange'
import { failureFrom } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { ownClient } from '@main/api/own-client'
import { quietEntry } from '@main/process/fork-entry'
import { openStudio, type Studio } from '@main/studio'
import type { RealSet } from './real-set'

const lookEveryMs = 200

/** Where a study on real videos finds its clips and answers, the built host, and a folder for its project. */
export interface RealPlaces {
  videos: string
  labels: string
  host: string
  project: string
}

/** Does something with the project of a set of real clips, which is imported first where it is not there yet. */
export async function withRealProject<T>(set: RealSet, places: RealPlaces, use: (api: Api) => Promise<T>): Promise<T> {
  const studio = openStudio({
    home: `${places.project}-home`,
    start: (name, onOutput) => quietEntry(join(places.host, `${name}.js`), onOutput),
    startedBy: 'terminal',
  })
  try {
    const api = ownClient(studio)
    await opened(studio, set, places)
    return await use(api)
  } finally {
    await studio.close()
  }
}

async function opened(studio: Studio, set: RealSet, { project, videos, labels }: RealPlaces): Promise<void> {
  if (existsSync(join(project, 'project.db'))) await studio.open(project)
  else await studio.create(project, set.folder)
  const api = ownClient(studio)
  const inside = join(videos, set.folder)
  const paths = [existsSync(inside) ? inside : videos]
  const before = await api.library.statistics()
  if (before.videos.train + before.videos.test + before.videos.none > 0) return
  await ended(api, (await api.library.import({ paths, classFrom: 'none' })).job)
  for (const file of set.labels) {
    const source = { path: join(labels, file), plan: DataPlan.parse({}) }
    await ended(api, (await api.interchange.import(source)).job)
  }
}

/** Waits for the end of a job. Throws the failure it ended with. */
export async function ended({ jobs }: Pick<Api, 'jobs'>, id: JobId): Promise<Job> {
  for (;;) {
    const job = await jobs.get({ id })
    if (job.state === 'done') return job
    if (job.state !== 'queued' && job.state !== 'running')
      throw (job.failure && failureFrom(job.failure)) ?? new Error(`${job.title} was stopped`)
    await pause(lookEveryMs)
  }
}
