import { isDeepStrictEqual } from 'node:util'
import type { EvaluationConfig } from '@shared/config/evaluation'
import type { Evaluation } from '@shared/contract/evaluation'
import type { Run } from '@shared/contract/learning'
import type { ExperimentManifest, MeasuredEntry } from './manifest'
import type { ExperimentParts, ExperimentSteps } from './steps'

/** Evaluations of an experiment: taken from an earlier call where everything is the same, gone on with, or started. */
export class Measurements {
  constructor(
    private readonly parts: ExperimentParts,
    private readonly manifest: ExperimentManifest,
    private readonly steps: ExperimentSteps,
    /** State of the data (data-state.ts). */
    private readonly data: string,
  ) {}

  /** A finished evaluation of this kind, or of one that measures more; the first of `configs` is made where there is none. */
  async of(run: Run, configs: readonly [EvaluationConfig, ...EvaluationConfig[]]): Promise<Evaluation> {
    for (const config of configs.toReversed()) {
      const done = this.known(run, config).find(({ state }) => state === 'done')
      if (done) return done
    }
    return this.measure(run, configs[0])
  }

  /** Those of before whose run, settings and data are the present ones, and that nobody has deleted; newest first. */
  private known(run: Run, config: EvaluationConfig): Evaluation[] {
    const { evaluations, project } = this.parts
    const wanted = this.entry(run, config)
    return this.manifest
      .evaluations()
      .filter(({ evaluation: _, ...entry }) => isDeepStrictEqual(entry, wanted))
      .filter(({ evaluation }) => project.repositories.evaluations.find(evaluation) !== null)
      .map(({ evaluation }) => evaluations.get(evaluation))
  }

  private async measure(run: Run, config: EvaluationConfig): Promise<Evaluation> {
    const { evaluations, jobs } = this.parts
    const label = `${run.name} measured`
    const stopped = this.known(run, config).find(({ state }) => state === 'interrupted' || state === 'cancelled')
    if (stopped?.job) {
      this.steps.say(`Going on with the evaluation ${stopped.name}, which was stopped`)
      await jobs().resume(stopped.job)
      await this.steps.follow(stopped.job, label)
      return evaluations.get(stopped.id)
    }
    this.dropUnfinished(run)
    const { evaluation, job } = await evaluations.start({ run: run.id, config })
    this.manifest.addEvaluation({ evaluation, ...this.entry(run, config) })
    await this.steps.follow(job, label)
    return evaluations.get(evaluation)
  }

  /** What was stopped earlier under other settings or data will not be gone on with. */
  private dropUnfinished(run: Run): void {
    const { evaluations, project } = this.parts
    for (const { evaluation, run: of } of this.manifest.evaluations()) {
      const found = of === run.id ? project.repositories.evaluations.find(evaluation) : null
      if (!found || !['interrupted', 'cancelled', 'failed'].includes(found.state)) continue
      evaluations.remove(evaluation)
      this.manifest.dropEvaluation(evaluation)
    }
  }

  private entry(run: Run, config: EvaluationConfig): Omit<MeasuredEntry, 'evaluation'> {
    return { run: run.id, runEnded: run.endedAt, data: this.data, config }
  }
}
