import { join } from 'node:path'
import { ClassifierConfig } from '@shared/config/classifier'
import { owner } from '@shared/actor'
import { ownClient } from '@main/api/own-client'
import type { StartProcess } from '@main/process/process-channel'
import { openStudio } from '@main/studio'
import { makeLibrary } from './support/large-library'
import { inFolder, option, quantile, rounded, seconds } from './support/measure'

/** A worker that is there and never answers, so that what is queued stays queued. */
const silent: StartProcess = () => {
  const gone: ((how: string) => void)[] = []
  return {
    send: () => {},
    onMessage: () => {},
    onExit: (hear) => void gone.push(hear),
    kill: () => gone.splice(0).forEach((hear) => hear('killed')),
  }
}

/** Many runs queued one after the other, as a sweep over settings does: each call is answered when its run is on disk. */
export async function bench(
  say: (line: string) => void,
  { runs, videos } = { runs: option('runs', 200), videos: option('videos', 2000) },
) {
  return inFolder(async (folder) => {
    const library = join(folder, 'library')
    makeLibrary(library, { videos, classes: 24, attributes: 40, labelsEach: 10, keyframesEach: 10 })
    const studio = openStudio({ home: join(folder, 'home'), start: () => silent, startedBy: 'studio' })
    try {
      const api = ownClient(studio, owner)
      await api.project.open({ path: library })
      const times: number[] = []
      const config = ClassifierConfig.parse({})
      const whole = await seconds(async () => {
        for (let i = 0; i < runs; i++)
          times.push(await seconds(() => api.learning.start({ kind: 'classifier', preset: 'Quick', config })))
      })
      say(`${runs} runs on ${videos} videos queued in ${rounded(whole)} s`)
      const ms = (share: number) => rounded(1000 * quantile(times, share))
      return {
        videos,
        runs,
        seconds: rounded(whole),
        p50Ms: ms(0.5),
        p95Ms: ms(0.95),
        lastMs: rounded(1000 * (times.at(-1) ?? 0)),
      }
    } finally {
      await studio.close()
    }
  })
}
