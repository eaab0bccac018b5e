import { join } from 'node:path'
import { Failure } from '@shared/failures'
import type { JobContext } from '@main/jobs/job-queue'
import { NotHere } from '@main/jobs/job-outcome'
import type { BegunWork, WorkResult } from '@main/runs/work'
import type { Workers } from '@main/runs/workers'
import type { EngineService } from '@main/system/engine-service'
import type { NeededFile } from '@main/machines/wire'
import { FileCache } from './file-cache'
import { JobFolder } from './job-folder'
import { Outbox } from './outbox'
import type { JobLine, StudioLine } from './studio-line'

export interface RemoteWorkParts {
  line: StudioLine
  project: string
  owner: () => string
  /** Folder of this worker for files of studios, and for the jobs it does. */
  cache: string
  workers: Workers
  engine: EngineService
  free?: (folder: string) => Promise<number>
  /** Why the last job could not be done here; null when one could. */
  onTrouble: (trouble: string | null) => void
}

const filesAtOnce = 4
const stoppedPatienceMs = 5_000

/** Does jobs of models of a studio elsewhere: gets what they need, computes, and sends back what comes of it. */
export class RemoteWork {
  constructor(private readonly parts: RemoteWorkParts) {}

  readonly runJob = async (context: JobContext): Promise<unknown> => {
    const { line, project, owner, cache, onTrouble } = this.parts
    const ending = new AbortController()
    const end = () => ending.abort(new Failure('INTERRUPTED', {}))
    // What was finished when somebody stopped it is still sent.
    context.signal.addEventListener('abort', () => setTimeout(end, stoppedPatienceMs).unref(), { once: true })
    const of: JobLine = { project, job: context.id, owner: owner(), signal: ending.signal }
    const both = { ...of, signal: AbortSignal.any([context.signal, ending.signal]) }
    const folder = new JobFolder(join(cache, 'jobs', context.id))
    try {
      const { files, ...begun } = await line.begin(both, context.resumed)
      await this.fetchFiles(both, files, folder, context)
      onTrouble(null)
      const outbox = new Outbox({ line, of, folder, run: context.run })
      const work = this.compute(begun, { context, signal: both.signal, folder, outbox })
      const result = await Promise.race([work, outbox.failed]).catch(async (error: unknown) => {
        await outbox.flush().catch(() => {})
        throw error
      })
      await outbox.finish(result)
      return null
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'WORKER_NO_ROOM') throw error
      onTrouble(roomWords(error as Failure<'WORKER_NO_ROOM'>))
      throw new NotHere(error.message, { cause: error })
    } finally {
      end()
      folder.remove()
    }
  }

  private async fetchFiles(
    of: JobLine,
    files: readonly NeededFile[],
    folder: JobFolder,
    { progress }: JobContext,
  ): Promise<void> {
    const { line, cache, free } = this.parts
    const fetch = (sha256: string, from: number) => line.blob(of, sha256, from)
    const store = new FileCache({ folder: join(cache, 'files'), fetch, free })
    await store.makeRoom(files)
    const waiting = [...files]
    let done = 0
    const next = async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        folder.put(file.path, await store.local(file, of.signal))
        progress({ label: 'getting files', done: ++done, total: files.length, secondsLeft: null })
      }
    }
    await Promise.all(Array.from({ length: filesAtOnce }, next))
  }

  private compute(
    { task, input }: BegunWork,
    {
      context,
      signal,
      folder,
      outbox,
    }: { context: JobContext; signal: AbortSignal; folder: JobFolder; outbox: Outbox },
  ): Promise<WorkResult> {
    const { workers, engine, cache } = this.parts
    const { run } = input.bundle
    if (run.explains) folder.keepFeatures(run.explains, join(cache, 'features', run.explains))
    const bundle = { ...input.bundle, files: { kind: 'folder' as const, path: folder.path } }
    const onEvent = outbox.hear.bind(outbox)
    const call = { engine, signal, progress: context.progress, onEvent }
    return task === 'evaluation'
      ? workers.work(task, { ...input, bundle }, call)
      : workers.work(task, { ...input, bundle }, call)
  }
}

function roomWords({ message, data }: Failure<'WORKER_NO_ROOM'>): string {
  const { path, needed, free } = data
  const mb = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('en')
  return `${message} ${path}: ${mb(needed)} MB are needed, ${mb(free)} MB are free.`
}
