import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { importedConfig } from '@shared/config/imported-model'
import type { ExportModel } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunParts, RunService } from './run-service'
import type { WorkerTasks } from './worker-tasks'

/** Classifiers that were trained here, for other programs. */
export class ModelExportService {
  constructor(
    private readonly parts: RunParts,
    private readonly runs: RunService,
  ) {}

  /** Writes a classifier as ONNX, or as a LayersModel where the file is a .json. Throws Failure NO_CLASSIFIER, RUN_NOT_FINISHED, PATH_NOT_FOUND, BAD_SETTING. */
  async export({ run: id, path }: ExportModel): Promise<WorkerTasks['exportModel']['out']> {
    const run = this.runs.classifierFor(id)
    const to = resolve(path)
    if (!existsSync(dirname(to))) throw new Failure('PATH_NOT_FOUND', { path: dirname(to) })
    if (existsSync(to) && statSync(to).isDirectory())
      throw new Failure('BAD_SETTING', { setting: 'path', reason: `${to} is a folder. Name the file to write.` })
    if (importedConfig(run.config))
      throw new Failure('BAD_SETTING', {
        setting: 'run',
        reason: `${run.name} was brought in: its own file is that which was imported.`,
      })
    const { folder, workers, engine } = this.parts
    const files = { kind: 'folder', path: folder } as const
    return workers.ask('exportModel', { files, run: run.id, path: to, classes: run.classes }, { engine })
  }
}
