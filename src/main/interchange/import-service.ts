import type { DataPlan, DataReport } from '@shared/contract/interchange'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import type { Project } from '@main/project/project'
import { applyImport, prepareImport } from './apply'
import type { FormatRegistry } from './registry'
import { openSource } from './source/open-source'

export interface InterchangeParts {
  project: Project
  formats: FormatRegistry
  onChange: (change: Change) => void
}

/** Brings other people's data in. */
export class DataImportService {
  constructor(private readonly parts: InterchangeParts) {}

  /**
   * Reads a file, folder or zip of any format and applies it, or (dry run) only says what it would do.
   * Rejects with Failure PATH_NOT_FOUND, FORMAT_UNKNOWN, BAD_SETTING; then nothing is changed.
   */
  async import(
    path: string,
    plan: DataPlan,
    { dryRun, signal }: { dryRun: boolean; signal: AbortSignal },
  ): Promise<DataReport> {
    const { project, formats, onChange } = this.parts
    const source = await openSource(path)
    try {
      const { format, why } = await formats.choose(source, plan.format)
      const { read } = format
      if (!read) throw new Failure('BAD_SETTING', { setting: 'format', reason: `${format.title} is only written` })
      const about = { format: format.name, title: format.title, why }
      const prepared = await prepareImport(project, (reading) => read(source, plan.options, reading), {
        plan,
        about,
        signal,
      })
      if (dryRun) return prepared.report
      const report = applyImport(project, prepared)
      onChange({ area: 'library', ids: [] })
      onChange({ area: 'annotation', ids: [] })
      return report
    } finally {
      source.close()
    }
  }
}
