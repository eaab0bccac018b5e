import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnnotationService } from '@main/annotation/annotation-service'
import { Campaigns } from '@main/campaigns/campaigns'
import { LocalSearch } from '@main/library/search/local-search'
import type { Studio } from '@main/studio'
import { aProject } from '../test/support/project'
import { apart } from './support/apart'
import type { Labelled, Labelling } from './support/label-clients'
import { quantile } from './support/measure'
import { serveStudio } from './support/serve-studio'

const usual = { people: 50, editsEach: 40 }

/**
 * Many people who label at the same time, each over a socket of their own, every edit durable before it is answered.
 * They share one process, beside that of the studio.
 */
export async function bench(say: (line: string) => void, { people, editsEach } = usual) {
  const { project, build, remove } = aProject()
  const words = Array.from({ length: 8 }, (_, i) => build.attribute(`attribute ${i}`))
  const videos = Array.from({ length: people }, (_, i) => build.video({ name: `clip ${i}` }))
  const annotation = new AnnotationService(project, () => {})
  const campaigns = new Campaigns(project, new LocalSearch(project.repositories.search), { onChange: () => {} })
  const studio = { workspace: () => ({ project, annotation, campaigns }) } as unknown as Studio
  const served = await serveStudio(studio)
  const clients = await apart('bench/support/label-clients.ts')
  const labelling = (people: number, edits: number) =>
    clients.ask<Labelling, Labelled>({ address: served.address, people, videos, words, edits })
  try {
    const one = await labelling(1, 5 * editsEach)
    say(`one client: p50 ${middle(one.times)} ms`)
    const all = await labelling(people, editsEach)
    const edits = people * editsEach
    return {
      clients: people,
      edits,
      editsPerSecond: Math.round(edits / all.seconds),
      p50Ms: middle(all.times),
      p95Ms: share(all.times, 0.95),
      oneClientP50Ms: middle(one.times),
      diskSyncsPerSecond: syncRate(),
    }
  } finally {
    clients.end()
    served.close()
    remove()
  }
}

/** How often the disk itself can say that something is on it. */
function syncRate(): number {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-sync-'))
  const file = openSync(join(folder, 'file'), 'w')
  try {
    const until = performance.now() + 1000
    let count = 0
    for (; performance.now() < until; count++) {
      writeSync(file, 'x'.repeat(4096))
      fsyncSync(file)
    }
    return count
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
}

const share = (times: readonly number[], part: number) => Number(quantile(times, part).toFixed(1))
const middle = (times: readonly number[]) => share(times, 0.5)
