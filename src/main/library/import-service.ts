import type { ImportOptions, ImportReport, ImportRow, VideoDetail } from '@shared/contract/library'
import type { JobId, VideoId } from '@shared/ids'
import type { ImportResult } from '@shared/media'
import { importReport } from './import-recorder'
import type { LibraryService } from './library-service'
import type { MediaService } from '@main/media/media-service'
import type { Project } from '@main/project/project'
import type { JobContext, JobQueue } from '@main/jobs/job-queue'

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

  async start(options: ImportOptions): Promise<{ job: JobId }> {
    const [first = '', ...more] = options.paths
    const title = more.length > 0 ? `Importing ${first} and ${more.length} more` : `Importing ${first}`
    return { job: (await this.jobs().start({ kind: 'import', title, payload: options })).id }
  }

  /** Runs jobs of kind 'import'. Stopped or failed, what is recorded stays and is not decoded again. */
  readonly runJob = ({ payload, signal, progress }: JobContext<'import'>): Promise<ImportReport> =>
    this.import(payload, { signal, progress })

  /** Says where a video's file is now, after reading it. Rejects with Failure VIDEO_UNREADABLE or OTHER_CONTENT. */
  async relink(video: VideoId, path: string): Promise<VideoDetail> {
    const { library, media, project } = this.parts
    const found = await media.import(path, { mediaFolder: project.paths.media })
    return project.write(() => library.relink(video, found))
  }

  /** Rejects with Failure NOTHING_TO_IMPORT, BAD_SETTING, INTERRUPTED. */
  async import(
    options: ImportOptions,
    { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
  ): Promise<ImportReport> {
    const { library, media, project } = this.parts
    progress({ label: 'looking for videos', done: 0, total: null, secondsLeft: null })
    const plan = await library.planImport(options)
    const rows: ImportRow[] = []
    let batch: ImportResult[] = []
    const record = async () => {
      const results = batch
      batch = []
      rows.push(...(await project.write(() => library.recordImport(plan.found, results))))
    }
    const paths = plan.found.map(({ path }) => path)
    const importing = media.importAll(paths, {
      mediaFolder: project.paths.media,
      decoder: options.decoder,
      signal,
      onProgress: progress,
    })
    try {
      for await (const result of importing) if (batch.push(result) >= batchSize) await record()
    } finally {
      await record()
    }
    const { unlisted } = plan
    const contradictions = await project.write(() => library.settleImport(plan.found, rows))
    return importReport(rows, { unlisted, contradictions })
  }
}
