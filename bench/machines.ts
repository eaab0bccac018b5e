import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ClassifierConfig } from '@shared/config/classifier'
import { Farm } from '../test/support/farm'
import { noRedis } from '../test/support/redis-server'
import { wholeCurve } from '../test/support/whole-curve'
import { option } from './support/measure'

type Say = (line: string) => void

const small = { size: 32, frames: 8, stem: 8, widths: [8, 8, 16, 16], poolAfter: ['stem', 'block1'] as const, batch: 8 }
const jobs = option('jobs', 8)
const epochs = option('epochs', 6)
const config = (seed: number) => ClassifierConfig.parse({ ...small, epochs, seed })

/**
 * `--jobs` small trainings (8) of `--epochs` epochs (6) over one, two and four workers of one thread each, on a Redis of
 * their own with every change on disk: seconds from the first worker that is ready to the last training that is done, what
 * is not done then, and what came twice. Needs redis-server, and out/main as `npm run build` makes it.
 */
export async function bench(say: Say): Promise<Record<string, unknown>> {
  if (noRedis) throw new Error(noRedis)
  const rounds = { one: 1, two: 2, four: 4 }
  const seconds: Record<string, number> = {}
  let [lost, twice] = [0, 0]
  for (const [name, workers] of Object.entries(rounds)) {
    const round = await oneRound(workers)
    seconds[name] = round.seconds
    lost += round.lost
    twice += round.twice
    say(`${workers} workers: ${round.seconds} s`)
  }
  return { workers: Object.values(rounds), jobs, seconds, lost, twice }
}

async function oneRound(workers: number): Promise<{ seconds: number; lost: number; twice: number }> {
  const home = mkdtempSync(join(tmpdir(), 'whynot-bench-'))
  const farm = await Farm.start(join(import.meta.dirname, '..', 'out', 'main'), home)
  try {
    const api = await farm.api()
    for (let i = 0; i < workers; i++) farm.addWorker(`w${i}`)
    const ready = async () => (await api.machines.list()).machines.length === workers
    while (!(await ready())) await pause(100)
    const from = performance.now()
    for (let seed = 1; seed <= jobs; seed++)
      await api.learning.start({ kind: 'classifier', preset: 'Custom', config: config(seed) })
    const isOpen = async () =>
      (await api.learning.runs()).some(({ state }) => state === 'queued' || state === 'running')
    while (await isOpen()) await pause(100)
    const seconds = Number(((performance.now() - from) / 1000).toFixed(1))
    const runs = await api.learning.runs()
    const curves = await Promise.all(runs.map(({ id }) => api.learning.metrics({ id })))
    return {
      seconds,
      lost: runs.filter(({ state }) => state !== 'done').length,
      twice: curves.filter((points) => wholeCurve(points, epochs).length > 0).length,
    }
  } finally {
    await farm.close()
    rmSync(home, { recursive: true, force: true })
  }
}
