import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { Command } from 'commander'
import { Lane } from '@shared/contract/machines'
import { Failure } from '@shared/failures'
import { MachineWorker } from '@main/machines/worker/machine-worker'
import { StudioLine } from '@main/machines/worker/studio-line'
import { studioVersion } from '@main/system/doctor'
import type { OpenStudio } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface WorkerOptions {
  redis: string
  studio: string
  token: string
  lanes: string
  name?: string
  cache?: string
}

/** `whynot worker`: does work of models for a studio on another machine, until Ctrl+C. */
export function workerCommand({ say, interrupted, cwd, env }: Terminal, open: OpenStudio): Command {
  return new Command('worker')
    .description('Do trainings and measurements for a studio on this or another machine, until Ctrl+C')
    .requiredOption('--redis <url>', 'the Redis that the studio was started with')
    .requiredOption('--studio <url>', 'address of the studio, as http://host:port')
    .requiredOption('--token <token>', 'what the studio prints at its start, and shows under Train, Workers')
    .option('--lanes <list>', 'what it takes: gpu for trainings, cpu for measurements', 'gpu,cpu')
    .option('--name <name>', 'what people see; the machine’s own name and the process when left out')
    .option('--cache <folder>', 'where files of the studio are kept; one for each worker of a machine')
    .action(async ({ redis, studio: address, token, lanes, name, cache }: WorkerOptions) => {
      const about = { host: hostname(), version: studioVersion(), lanes: lanesIn(lanes) }
      const studio = open()
      try {
        await studio.engine.ready()
        const worker = new MachineWorker({
          line: new StudioLine({ studio: addressIn(address), token }),
          ...{ redis, workers: studio.workers, engine: studio.engine, log: studio.log.unknown, say },
          about: { ...about, name: name ?? `${about.host} ${process.pid}` },
          cache: cache ? resolve(cwd, cache) : cacheFolder(env, name ?? 'worker'),
        })
        await worker.run(interrupted)
      } finally {
        await studio.close()
      }
    })
}

function lanesIn(text: string): Lane[] {
  const lanes = Lane.array()
    .min(1)
    .safeParse(text.split(',').map((lane) => lane.trim()))
  if (lanes.success) return lanes.data
  throw new Failure('BAD_SETTING', { setting: '--lanes', reason: 'It takes gpu, cpu, or gpu,cpu.' })
}

function addressIn(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin
  throw new Failure('BAD_SETTING', { setting: '--studio', reason: 'It takes an address such as http://host:8080.' })
}

function cacheFolder(env: Terminal['env'], name: string): string {
  const base = env.WHYNOT_HOME ? join(env.WHYNOT_HOME, 'cache') : envPaths('whynot-studio', { suffix: '' }).cache
  return join(base, 'workers', name.replace(/[^\w.-]+/g, '-'))
}
