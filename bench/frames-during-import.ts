import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openDecoder } from '@main/media/decode/open-decoder'
import { encodeClip, picturesIn } from '@main/media/files/encode-clip'
import { builtHost, removeHost } from '../test/support/built-host'
import { type Served, served } from '../test/support/served'
import { movingPixels } from './support/films'
import { inFolder, quantile, rounded } from './support/measure'

const size = { width: 320, height: 240 }
const frames = 180
const clips = 50
/** Asked of the idle host; during the import as many as it lasts for. */
const idleAsked = 120

/**
 * How long somebody waits for an exact frame, from a host that does nothing else, and from one that imports 50 clips.
 * Each frame is asked for once, one after the other, so that each is decoded; both times of films of the same length.
 */
export async function bench(say: (line: string) => void) {
  const main = await builtHost()
  try {
    return await inFolder(async (folder) => {
      say('making clips')
      await makeClips(folder)
      const server = await served(main, join(folder, 'home'))
      try {
        return await measured(server, folder, say)
      } finally {
        await server.stop()
      }
    })
  } finally {
    removeHost(main)
  }
}

async function measured(server: Served, folder: string, say: (line: string) => void) {
  await call(server, '/projects', { path: join(folder, 'project') })
  await imported(server, [join(folder, 'looked-at')])
  const [idle, warm, busy] = await videosOf(server)
  if (!idle || !warm || !busy) throw new Error('the films to look at were not imported')
  // The process of the frames is started by the first of them.
  await frameTimes(server, warm, { most: 20 })
  const idleMs = await frameTimes(server, idle, { most: idleAsked })
  say(`idle: p95 ${share(idleMs, 0.95)} ms`)
  let over = false
  const from = performance.now()
  const importing = imported(server, [join(folder, 'clips')]).finally(() => (over = true))
  const importingMs = await frameTimes(server, busy, { over: () => over })
  await importing
  const count = { idleFrames: idleMs.length, importingFrames: importingMs.length }
  const importSeconds = rounded((performance.now() - from) / 1000)
  const [idleP95Ms, importingP95Ms] = [share(idleMs, 0.95), share(importingMs, 0.95)]
  const medians = { idleP50Ms: share(idleMs, 0.5), importingP50Ms: share(importingMs, 0.5) }
  return { idleP95Ms, importingP95Ms, times: rounded(importingP95Ms / idleP95Ms), ...medians, ...count, importSeconds }
}

async function makeClips(folder: string): Promise<void> {
  const decoder = await openDecoder('auto')
  const make = async (name: string, count: number, first: number) => {
    mkdirSync(join(folder, name))
    for (let i = 0; i < count; i++) {
      const file = join(folder, name, `clip${i}.mp4`)
      const pictures = picturesIn(movingPixels(frames, size.width, size.height, first + i), size.width, size.height)
      await encodeClip(decoder, pictures, { file, ...size, fps: 25, lossless: false })
    }
  }
  await make('looked-at', 3, 0)
  await make('clips', clips, 3)
}

/** One frame after the other in a mixed order, `most` of them or until it is over; milliseconds each. */
async function frameTimes(
  server: Served,
  video: string,
  { most = frames, over = () => false }: { most?: number; over?: () => boolean } = {},
): Promise<number[]> {
  const times: number[] = []
  // 180 = 2^2 3^2 5: steps of 77 meet every frame once.
  for (let i = 0; i < most && !over(); i++) {
    const from = performance.now()
    const answer = await fetch(`${server.address}/media/${video}/frames/${(i * 77) % frames}.png`, {
      headers: { authorization: `Bearer ${server.token}` },
    })
    const bytes = await answer.arrayBuffer()
    if (!answer.ok || bytes.byteLength === 0) throw new Error(`no frame: ${answer.status}`)
    times.push(performance.now() - from)
    // Somebody who looks, not a machine that asks: and so the frames spread over the whole import.
    await wait(20)
  }
  return times
}

async function imported(server: Served, paths: string[]): Promise<void> {
  const { job } = (await call(server, '/imports', { paths })) as { job: string }
  for (;;) {
    const { state } = (await call(server, `/jobs/${job}`)) as { state: string }
    if (state === 'done') return
    if (state !== 'queued' && state !== 'running') throw new Error(`the import is ${state}`)
    await wait(100)
  }
}

async function videosOf(server: Served): Promise<string[]> {
  const { rows } = (await call(server, '/videos/query', {})) as { rows: { id: string }[] }
  return rows.map(({ id }) => id)
}

/** Asks the API: with a body as POST, else as GET. */
async function call(server: Served, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${server.address}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

const share = (times: readonly number[], part: number) => Number(quantile(times, part).toFixed(1))
