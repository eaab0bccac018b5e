import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { contractError } from '@main/api/failures'
import { studioRouter } from '@main/api/router'
import { quietEntry } from '@main/process/fork-entry'
import { ensureEngine } from '@main/learning/engine/install/ensure-engine'
import type { ProcessChannel } from '@main/process/process-channel'
import { type Studio, openStudio } from '@main/studio'
import { owner } from '@shared/actor'
import type { Api } from '@shared/contract'

/** A folder that goes when the test does. */
export function tempFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'whynot-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export interface StudioOfTest extends AsyncDisposable {
  studio: Studio
  /** The contract as its windows call it. */
  api: Api
  /** Kills every worker process as a crash would. */
  crash: () => void
  /** Worker processes started so far. */
  started: () => number
}

/** A studio with real processes from a built host. */
export function studioIn(host: string, home: string): StudioOfTest {
  const workers: ProcessChannel[] = []
  const studio = openStudio({
    home,
    start: (name, onOutput) => {
      const start = quietEntry(join(host, `${name}.js`), onOutput)
      return () => {
        const channel = start()
        if (name === 'worker') workers.push(channel)
        return channel
      }
    },
    startedBy: 'studio',
    searchThread: join(host, 'search-thread.js'),
  })
  const interceptor = async <T>({ next, path }: { next: () => Promise<T>; path: readonly string[] }) => {
    try {
      return await next()
    } catch (error) {
      throw contractError(error, path.join('.'), studio.log.unknown)
    }
  }
  return {
    studio,
    api: createRouterClient(studioRouter(studio), { interceptors: [interceptor], context: { actor: owner } }),
    crash: () => workers.forEach((worker) => worker.kill()),
    started: () => workers.length,
    [Symbol.asyncDispose]: () => studio.close(),
  }
}

/** Keeps tests from putting an engine in: where none is in the cache they run on WebAssembly. */
export async function useCachedEngine(): Promise<void> {
  const { folder } = await ensureEngine({ install: false })
  if (!folder) process.env.WHYNOT_ENGINE = 'wasm'
}
