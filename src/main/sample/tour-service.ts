import { cpSync } from 'node:fs'
import { SampleConfig } from '@shared/config/sample'
import type { RunKind } from '@shared/contract/learning'
import { RunId } from '@shared/ids'
import type { JobContext } from '@main/jobs/job-queue'
import type { Project } from '@main/project/project'
import { newId } from '@main/store/database/new-id'
import { alone } from '@main/store/repositories/run-repository'
import type { EvaluationService } from '@main/evaluation/evaluation-service'
import { RunFolder } from '@main/runs/run-folder'
import type { SampleService } from './sample-service'
import { tourEvaluation } from './tour-evaluation'
import { shippedRun } from './tour-weights'

export interface TourParts {
  project: Project
  samples: SampleService
  evaluations: EvaluationService
  startedBy: 'studio' | 'terminal'
}

/** Few enough for seconds, enough for every class and pair. */
const quickSample = { train: 64, test: 32 }

/** Makes the quick tour: a small sample with trained models, so that nobody meets an empty studio. */
export class TourService {
  constructor(private readonly parts: TourParts) {}

  /** Runs jobs of kind 'tour'. The measurement follows as a job of its own, since it may have to wait for the engine. */
  readonly runJob = async ({ signal, progress }: JobContext): Promise<unknown> => {
    const { samples, evaluations } = this.parts
    const { videos } = await samples.fill(SampleConfig.parse(quickSample), { signal, progress })
    progress({ label: 'placing the models', done: 0, total: null, secondsLeft: null })
    const classifier = this.place('classifier', null)
    const explainer = this.place('explainer', classifier)
    await evaluations.start({ run: explainer, config: tourEvaluation(0) })
    return { videos, classifier, explainer }
  }

  /** Makes a finished run of a shipped model. Names stand for ids: the sample's classes and words are the same everywhere. */
  private place(kind: RunKind, explains: RunId | null): RunId {
    const { project, startedBy } = this.parts
    const { runs, classes, attributes } = project.repositories
    const { folder, run } = shippedRun(kind)
    const { metrics, ...about } = run
    const id = newId(RunId)
    const now = Date.now()
    const own = new RunFolder(project.folder, id)
    own.create({ kind, preset: run.preset, explains, config: run.config })
    cpSync(folder, own.model, { recursive: true })
    own.say('trained earlier on the whole sample, and shipped with the studio')
    runs.create({
      ...{ ...about, id, explains, startFrom: null, ...alone, startedBy, state: 'done', job: null, failure: null },
      ...{ createdAt: now, startedAt: null, endedAt: now },
      classes: named('class', run.classes, classes.rows()),
      attributes: named('attribute', run.attributes, attributes.rows()),
    })
    runs.addMetrics(id, metrics)
    return id
  }
}

function named<Id>(kind: string, names: readonly string[], rows: readonly { id: Id; name: string }[]) {
  return names.map((name) => {
    const row = rows.find((other) => other.name === name)
    if (!row) throw new Error(`the sample has no ${kind} ${name}`)
    return { id: row.id, name }
  })
}
