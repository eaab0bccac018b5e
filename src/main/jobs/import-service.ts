import type { z } from 'zod'
import { ImportOptions, type ImportReport, type ImportRow } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { JobId } from '@shared/ids'
import type { ImportResult } from '@shared/media'
import type { LibraryService } from '../library/library-service'
import type { MediaService } from '../media/media-service'
import type { Project } from '../project/project'
import type { JobContext, JobQueue } from './job-queue'

export interface ImportParts {
  project: Project
  media: MediaService
  library: LibraryService
}

/** Rows are written so many at a time, so that what was decoded stays when the rest is stopped. */
const batchSize = 64

/** Imports as jobs: the plan, the decoding, the rows, the report that stays. */
export class ImportService {
  constructor(
    private readonly parts: ImportParts,
    private readonly jobs: () => JobQueue,
  ) {}

  start(options: z.output<typeof ImportOptions>): { job: JobId } {
    const [first = '', ...more] = options.paths
    const title = more.length > 0 ? `Importing ${first} and ${more.length} more` : `Importing ${first}`
    return { job: this.jobs().start({ kind: 'import', title, payload: options }).id }
  }

  /** Runs jobs of kind 'import'. Stopped or failed, what is recorded stays and is not decoded again. */
  readonly runJob = async ({ payload, signal, progress }: JobContext): Promise<ImportReport> => {
    const options = ImportOptions.parse(payload)
    return this.import(options, { signal, progress })
  }

  /** Throws Failure NOTHING_TO_IMPORT, INTERRUPTED. */
  async import(
    options: z.output<typeof ImportOptions>,
    { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
  ): Promise<ImportReport> {
    const { library, media, project } = this.parts
    progress({ label: 'looking for videos', done: 0, total: null, secondsLeft: null })
    const plan = await library.planImport(options)
    if (plan.found.length === 0) throw new Failure('NOTHING_TO_IMPORT', { paths: options.paths })
    const rows: z.infer<typeof ImportRow>[] = []
    let batch: ImportResult[] = []
    const record = () => {
      rows.push(...library.recordImport(plan, batch))
      batch = []
    }
    const paths = plan.found.map(({ path }) => path)
    const importing = media.importAll(paths, {
      mediaFolder: project.paths.media,
      decoder: options.decoder,
      signal,
      onProgress: progress,
    })
    try {
      for await (const result of importing) if (batch.push(result) >= batchSize) record()
    } finally {
      record()
    }
    return reportOf(rows)
  }
}

function reportOf(rows: z.infer<typeof ImportRow>[]): ImportReport {
  const count = (test: (row: z.infer<typeof ImportRow>) => boolean) => rows.filter(test).length
  return {
    rows,
    imported: count(({ status, duplicate }) => status !== 'failed' && !duplicate),
    damaged: count(({ status, duplicate }) => status === 'damaged' && !duplicate),
    failed: count(({ status }) => status === 'failed'),
    duplicate: count(({ duplicate }) => duplicate),
  }
}
