import type { z } from 'zod'
import type { EvaluationConfig } from '@shared/config/evaluation'
import { importedConfig } from '@shared/config/imported-model'
import { type Evaluation, type Outcome, OutcomeQuery } from '@shared/contract/evaluation'
import type { Job } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import { EvaluationId, type OutcomeId, type RunId } from '@shared/ids'
import { notOnImported } from './not-on-imported'
import type { JobContext, JobQueue } from '@main/jobs/job-queue'
import { openStates } from '@main/jobs/job-store'
import { newId } from '@main/store/database/new-id'
import { chosen } from './outcome-choice'
import { seenHere } from '@main/runs/left-elsewhere'
import type { RunParts, RunService } from '@main/runs/run-service'
import { doHere } from '@main/runs/work'
import { EvaluationWork } from './evaluation-work'

/** Measurements of explanation models: starting one, its table, the rows behind each number. */
export class EvaluationService {
  /** The state of the job that each row was last told of. */
  private readonly followed = new Map<EvaluationId, Job['state']>()
  /** What a machine needs to measure, and what is done with what it finds. */
  readonly work: EvaluationWork

  constructor(
    private readonly parts: RunParts,
    private readonly runs: RunService,
    private readonly jobs: () => JobQueue,
  ) {
    this.work = new EvaluationWork(parts)
  }

  /** Newest first. */
  list(): Evaluation[] {
    return this.parts.repositories.evaluations.list().map((evaluation) => this.withNotes(evaluation))
  }

  get(id: EvaluationId): Evaluation {
    return this.withNotes(this.parts.repositories.evaluations.get(id))
  }

  /** What could not be measured follows from the model that was explained. */
  private withNotes(evaluation: Evaluation): Evaluation {
    const { repositories, known } = this.parts
    const { runs } = repositories
    const explains = runs.find(evaluation.run)?.explains
    const imported = importedConfig(explains ? runs.find(explains)?.config : null)
    return { ...seenHere(evaluation, repositories, known), notes: imported ? notOnImported(evaluation, imported) : [] }
  }

  /** Throws Failure NO_EXPLAINER, RUN_NOT_FINISHED, UNKNOWN_NAME. */
  async start(start: { run?: RunId; config: EvaluationConfig }): Promise<{ evaluation: EvaluationId; job: Job['id'] }> {
    const { evaluations } = this.parts.repositories
    const run = this.runs.explainerFor(start.run)
    const campaign = this.parts.bundles.layerOf(start.config)
    const id = newId(EvaluationId)
    const earlier = evaluations.ofRun(run.id).length
    const evaluation = {
      ...{ id, name: earlier > 0 ? `${run.name}, ${earlier + 1}` : run.name, run: run.id, config: start.config },
      ...{
        state: 'queued' as const,
        job: null,
        columns: [],
        failure: null,
        createdAt: Date.now(),
        seconds: null,
        campaign,
      },
    }
    await this.parts.write(() => evaluations.create(evaluation))
    const title = `Evaluating ${run.name}`
    const job = await this.jobs().start({ kind: 'evaluation', title, payload: { evaluation: id } })
    return { evaluation: id, job: job.id }
  }

  /** The rows behind a number, in the order they were measured. */
  outcomes(query: z.input<typeof OutcomeQuery>): Outcome[] {
    const { evaluation, ...choice } = OutcomeQuery.parse(query)
    const { evaluations } = this.parts.repositories
    evaluations.get(evaluation)
    const rows = evaluations.outcomes(evaluation, { method: choice.method, topRank: choice.topRank })
    return chosen(rows, choice)
  }

  mark(id: OutcomeId, mark: Outcome['mark']): Outcome {
    const marked = this.parts.repositories.evaluations.mark(id, mark, Date.now())
    this.parts.onChange({ area: 'evaluations', ids: [] })
    return marked
  }

  /** A measurement that is still going is refused. */
  remove(id: EvaluationId): void {
    const { evaluations } = this.parts.repositories
    const { state, run } = this.get(id)
    if (openStates.includes(state)) throw new Failure('RUN_NOT_FINISHED', { run, state })
    evaluations.remove(id)
    this.parts.onChange({ area: 'evaluations', ids: [id] })
  }

  /** Runs jobs of kind 'evaluation'. */
  readonly runJob = (context: JobContext<'evaluation'>): Promise<unknown> => doHere(this.work, context, this.parts)

  /** Keeps the evaluation's row in step with its job. */
  followJob(job: Job, payload: unknown): void {
    if (job.kind !== 'evaluation') return
    const id = EvaluationId.safeParse((payload as { evaluation?: unknown } | null)?.evaluation)
    if (!id.success || this.followed.get(id.data) === job.state) return
    this.followed.set(id.data, job.state)
    this.parts.rows.put(() => this.putState(id.data, job))
  }

  private putState(id: EvaluationId, job: Job): void {
    const { evaluations } = this.parts.repositories
    const evaluation = evaluations.find(id)
    if (!evaluation || (evaluation.state === job.state && evaluation.job === job.id)) return
    evaluations.update(id, { state: job.state, failure: job.failure, job: job.id })
    this.parts.onChange({ area: 'evaluations', ids: [id] })
  }
}
