import type { Actor } from '@shared/actor'
import type { DataPlan, DataReport } from '@shared/contract/interchange'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import type { PersonId } from '@shared/ids'
import type { OnProgress } from '@shared/progress'
import type { Project } from '@main/project/project'
import { type PreparedImport, applyImport, prepareImport, prepareParts, takeBackImport } from './apply'
import type { Part } from './format'
import type { FormatRegistry } from './registry'
import { openSource } from './source/open-source'
import { watched } from './source/source'

export interface InterchangeParts {
  project: Project
  formats: FormatRegistry
  onChange: (change: Change) => void
}

/** Brings other people's data in. */
export class DataImportService {
  constructor(private readonly parts: InterchangeParts) {}

  /**
   * Reads a file, folder or zip of any format and applies it, as a step that `by` can take back; for nobody it only says
   * what it would do.
   * Rejects with Failure PATH_NOT_FOUND, FORMAT_UNKNOWN, BAD_SETTING, INTERRUPTED; then nothing is changed.
   */
  async import(
    path: string,
    plan: DataPlan,
    { by, signal, progress }: { by: PersonId | null; signal: AbortSignal; progress?: OnProgress },
  ): Promise<DataReport> {
    const { project, formats } = this.parts
    const source = await openSource(path)
    try {
      const { format, why } = await formats.choose(source, plan.format)
      const { read } = format
      if (!read) throw new Failure('BAD_SETTING', { setting: 'format', reason: `${format.title} is only written` })
      let done = 0
      const told = watched(source, (bytes) => {
        signal.throwIfAborted()
        done += bytes
        const total = source.size > 0 ? Math.max(source.size, done) : null
        progress?.({ label: 'reading', done, total, secondsLeft: null })
      })
      const about = { format: format.name, title: format.title, why }
      const prepared = await prepareImport(project, (reading) => read(told, plan.options, reading), {
        plan,
        about,
        signal,
      })
      return by === null ? prepared.report : await this.apply(prepared, by)
    } catch (error) {
      // What reads a file takes a stop for a fault of the file.
      if (signal.aborted) throw new Failure('INTERRUPTED', {}, { cause: error })
      throw error
    } finally {
      source.close()
    }
  }

  /**
   * Takes a whole import of this person back.
   * Rejects with Failure NOT_LAST_STEP where they did something else in the library since.
   */
  async undo(actor: Actor, step: number): Promise<{ label: string }> {
    const { project, onChange } = this.parts
    const taken = await project.write(() => takeBackImport(project, actor.id, step))
    onChange({ area: 'library', ids: [] })
    onChange({ area: 'annotation', ids: [] })
    return taken
  }

  /** Applies what somebody says rather than a file. @param title what it is, for the report */
  take(actor: Actor, parts: readonly Part[], { plan, title }: { plan: DataPlan; title: string }): Promise<DataReport> {
    const about = { format: 'own', title, why: 'it was said here' }
    return this.apply(prepareParts(this.parts.project, parts, { plan, about }), actor.id)
  }

  private async apply(prepared: PreparedImport, by: PersonId): Promise<DataReport> {
    const { project, onChange } = this.parts
    const report = await project.write(() => applyImport(project, prepared, by))
    onChange({ area: 'library', ids: [] })
    onChange({ area: 'annotation', ids: [] })
    return report
  }
}
