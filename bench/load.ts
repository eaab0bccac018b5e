import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { Api } from '@shared/contract'
import type { AttributeId, VideoId } from '@shared/ids'
import { AnnotationService } from '@main/annotation/annotation-service'
import { Campaigns } from '@main/campaigns/campaigns'
import { LocalSearch } from '@main/library/search/local-search'
import type { Studio } from '@main/studio'
import { WebSocket } from 'ws'
import { aProject } from '../test/support/project'
import { quantile } from './support/measure'
import { serveStudio } from './support/serve-studio'

const usual = { clients: 50, editsEach: 40 }

/**
 * Many people who label at the same time, each over a socket of their own, every edit durable before it is answered.
 * Server and clients share one process, so what the clients cost is in the numbers.
 */
export async function bench(say: (line: string) => void, { clients, editsEach } = usual) {
  const { project, build, remove } = aProject()
  const words = Array.from({ length: 8 }, (_, i) => build.attribute(`attribute ${i}`))
  const videos = Array.from({ length: clients }, (_, i) => build.video({ name: `clip ${i}` }))
  const annotation = new AnnotationService(project, () => {})
  const campaigns = new Campaigns(project, new LocalSearch(project.repositories.search), { onChange: () => {} })
  const studio = { workspace: () => ({ project, annotation, campaigns }) } as unknown as Studio
  const served = await serveStudio(studio)
  try {
    const one = await labelling(served.address, { people: 1, videos, words, edits: 5 * editsEach })
    say(`one client: p50 ${middle(one.times)} ms`)
    const all = await labelling(served.address, { people: clients, videos, words, edits: editsEach })
    const edits = clients * editsEach
    return {
      clients,
      edits,
      editsPerSecond: Math.round(edits / all.seconds),
      p50Ms: middle(all.times),
      p95Ms: share(all.times, 0.95),
      oneClientP50Ms: middle(one.times),
      diskSyncsPerSecond: syncRate(),
    }
  } finally {
    served.close()
    remove()
  }
}

interface Load {
  people: number
  videos: VideoId[]
  words: AttributeId[]
  edits: number
}

/** Each of `people` gives answers one after the other, half of them to a video that all share. */
async function labelling(address: string, { people, videos, words, edits }: Load) {
  const times: number[] = []
  const sockets = Array.from({ length: people }, (_, i) => new WebSocket(`${address}/person-${i}`))
  await Promise.all(sockets.map((socket) => new Promise((open) => socket.once('open', open))))
  const from = performance.now()
  await Promise.all(
    sockets.map(async (socket, person) => {
      const api: Api = createORPCClient(new RPCLink({ websocket: socket }))
      for (let i = 0; i < edits; i++) {
        const video = (i % 2 ? videos[0] : videos[person]) ?? videos[0]
        const attribute = words[i % words.length]
        if (!video || !attribute) throw new Error('nothing to label')
        const began = performance.now()
        const value = Math.floor(i / words.length) % 2 ? 'absent' : 'present'
        await api.annotation.setLabel({ video, attribute, value })
        times.push(performance.now() - began)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  for (const socket of sockets) socket.close()
  return { times, seconds }
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
