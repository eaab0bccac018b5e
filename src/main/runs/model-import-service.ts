import { resolve } from 'node:path'
import type { ImportedModelConfig } from '@shared/config/imported-model'
import type { Job } from '@shared/contract/jobs'
import type { Actor } from '@shared/actor'
import type { ImportModel, InspectModel, ModelFacts } from '@shared/contract/learning'
import { classOrder } from '@shared/class-order'
import { Failure } from '@shared/failures'
import { cleanName } from '@shared/match-names'
import { RunId } from '@shared/ids'
import type { JobQueue } from '@main/jobs/job-queue'
import type { LibraryService } from '@main/library/library-service'
import { newId } from '@main/store/database/new-id'
import { type Vocabulary, alone } from '@main/store/repositories/run-repository'
import { isReadable } from './clip-rows'
import { RunFolder } from './run-folder'
import type { RunParts, RunService } from './run-service'

/** Somebody else's models: what one is, and bringing it in as a classifier's run. */
export class ModelImportService {
  constructor(
    private readonly parts: RunParts,
    private readonly others: { library: LibraryService; runs: RunService },
    private readonly jobs: () => JobQueue,
  ) {}

  /** Throws Failure MODEL_UNFIT. */
  inspect({ path, ...more }: InspectModel, signal?: AbortSignal): Promise<ModelFacts> {
    const { workers, engine } = this.parts
    return workers.look('inspectModel', { ...more, path: resolve(path) }, { engine, signal })
  }

  /**
   * Copies a model into the project as a classifier's run, which is done once its accuracy is measured. What does not
   * fit is refused before there is a run.
   * Throws Failure MODEL_UNFIT, BAD_SETTING.
   */
  async import(
    actor: Actor,
    { path, name, classes, createClasses, check, ...settings }: ImportModel,
  ): Promise<{ run: RunId; job: Job['id']; maxDifference: number | null }> {
    const { folder: project, workers, engine } = this.parts
    const { classOutput, frames, size } = settings
    const facts = await this.inspect({ path, classOutput, frames, size })
    const taps = settings.taps.length > 0 ? settings.taps : facts.proposed
    const names = this.names(facts, { classes, createClasses })
    const run = newId(RunId)
    const folder = new RunFolder(project, run)
    const files = { kind: 'folder', path: project } as const
    const scale = settings.scale === 'auto' && facts.scale ? { ...facts.scale, scale: 'custom' as const } : {}
    const about = { ...settings, ...scale, taps }
    const task = { files, run, path: facts.path, settings: about, classes: names, check: check && resolve(check) }
    const { config, maxDifference } = await workers.look('adoptModel', task, { engine }).catch((error: unknown) => {
      folder.remove()
      throw error
    })
    const called = this.others.runs.freeName('imported', name)
    await this.parts.write(() => this.putRun(run, { name: called, config, classes: this.named(actor, names) }))
    folder.create({ kind: 'classifier', preset: 'Imported', config })
    folder.say(`copied from ${config.source}`)
    const job = await this.jobs().start({ kind: 'classifier', title: `Measuring ${called}`, payload: null, run })
    return { run, job: job.id, maxDifference }
  }

  /** Names of the outputs. Throws Failure BAD_SETTING where they do not fit the project. */
  private names(
    { classes: outputs, names: written }: ModelFacts,
    { classes, createClasses: create }: Pick<ImportModel, 'classes' | 'createClasses'>,
  ): string[] {
    const known = this.parts.repositories.classes.rows().map(({ name }) => name)
    const names = classes?.map(cleanName) ?? written ?? known
    const { problems } = classOrder(names, { outputs, known, create })
    if (problems.length > 0) throw new Failure('BAD_SETTING', { setting: 'classes', reason: problems.join(' ') })
    return names
  }

  /** The project's classes of these names; those it lacks are made. */
  private named(actor: Actor, names: readonly string[]): Vocabulary['classes'] {
    const { classes } = this.parts.repositories
    return names.map((name) => ({
      id: (classes.byName(name) ?? this.others.library.createClass(actor, name)).id,
      name,
    }))
  }

  private putRun(
    id: RunId,
    { name, config, classes }: { name: string; config: ImportedModelConfig; classes: Vocabulary['classes'] },
  ): void {
    const { repositories, startedBy, engine, onChange } = this.parts
    const known = new Set<string>(classes.map((one) => one.id))
    const isTested = ({ split, class: of }: { split: string | null; class: string | null }) =>
      split === 'test' && of !== null && known.has(of)
    repositories.runs.create({
      ...{
        id,
        name,
        kind: 'classifier',
        preset: 'Imported',
        config,
        explains: null,
        startFrom: null,
        ...alone,
        startedBy,
      },
      ...{ state: 'queued', job: null, headline: {}, failure: null, engine: engine.report().backend ?? '' },
      classes,
      attributes: repositories.attributes.rows().map((row) => ({ id: row.id, name: row.name })),
      // It was trained elsewhere.
      trainVideos: 0,
      testVideos: repositories.videos.all().filter((video) => isReadable(video) && isTested(video)).length,
      ...{ createdAt: Date.now(), startedAt: null, endedAt: null },
    })
    onChange({ area: 'runs', ids: [id] })
  }
}
