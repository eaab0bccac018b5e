import { basename, resolve } from 'node:path'
import type { DataExport, DataSource } from '@shared/contract/interchange'
import type { DataReport, ExportReport, FormatInfo, Voice } from '@shared/contract/interchange'
import type { Actor } from '@shared/actor'
import type { JobId } from '@shared/ids'
import { z } from 'zod'
import type { Project } from '@main/project/project'
import { voicesOf } from './voices'
import type { JobContext, JobQueue } from '@main/jobs/job-queue'
import { wholeProject } from './archive'
import type { DataExportService } from './export-service'
import type { DataImportService } from './import-service'
import type { FormatRegistry } from './registry'

interface Parts {
  project: Project
  formats: FormatRegistry
  data: DataImportService
  exports: DataExportService
}

/** Import and export of annotations as the window and scripts ask for them: formats, a preview, and jobs. */
export class InterchangeService {
  constructor(
    private readonly parts: Parts,
    private readonly jobs: () => JobQueue,
  ) {}

  formats(): FormatInfo[] {
    const all = this.parts.formats.formats.map(({ name, title, extensions, losses, people, options, read, write }) => {
      const about = { reads: read !== null, writes: write !== null, people, losses: [...losses] }
      return { name, title, extensions: [...extensions], ...about, options: z.toJSONSchema(options, { io: 'input' }) }
    })
    const options = z.toJSONSchema(wholeProject.options, { io: 'input' })
    return [...all, { ...wholeProject, reads: false, writes: true, people: true, options }]
  }

  voices(): Voice[] {
    return voicesOf(this.parts.project.repositories)
  }

  /** Rejects with Failure PATH_NOT_FOUND, FORMAT_UNKNOWN, BAD_SETTING. */
  preview({ path, plan }: DataSource, signal: AbortSignal = new AbortController().signal): Promise<DataReport> {
    return this.parts.data.import(resolve(path), plan, { by: null, signal })
  }

  async import(actor: Actor, source: DataSource): Promise<{ job: JobId }> {
    const payload = { ...source, by: actor.id }
    return {
      job: (await this.jobs().start({ kind: 'dataImport', title: `Importing ${basename(source.path)}`, payload })).id,
    }
  }

  /** Rejects with Failure NOT_LAST_STEP. */
  undo(actor: Actor, step: number): Promise<{ label: string }> {
    return this.parts.data.undo(actor, step)
  }

  /** The last step of this person in the library; null where there is none. An import that is none cannot be taken back. */
  lastStep(actor: Actor): number | null {
    const { edits } = this.parts.project.repositories
    return edits.names({ scope: 'library', person: actor.id }).done?.id ?? null
  }

  async export(wanted: DataExport): Promise<{ job: JobId }> {
    return {
      job: (await this.jobs().start({ kind: 'dataExport', title: `Writing ${basename(wanted.out)}`, payload: wanted }))
        .id,
    }
  }

  /** Runs jobs of kind 'dataImport'. Stopped, nothing is changed. */
  readonly runImport = ({ payload, signal, progress }: JobContext<'dataImport'>): Promise<DataReport> => {
    const { path, plan, by } = payload
    return this.parts.data.import(resolve(path), plan, { by, signal, progress })
  }

  /** Runs jobs of kind 'dataExport'. Stopped, no file is left. */
  readonly runExport = ({ payload, signal, progress }: JobContext<'dataExport'>): Promise<ExportReport> => {
    return this.parts.exports.export({ ...payload, out: resolve(payload.out) }, signal, progress)
  }
}
