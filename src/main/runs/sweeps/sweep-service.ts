import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import type { MetricPoint, Run, StartRun } from '@shared/contract/learning'
import type { StartSweep, Sweep } from '@shared/contract/sweeps'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { SweepId } from '@shared/ids'
import { openStates } from '@main/jobs/job-store'
import type { JobQueue } from '@main/jobs/job-queue'
import type { RowWriter } from '@main/project/row-writer'
import { freeName } from '@main/store/database/free-name'
import { newId } from '@main/store/database/new-id'
import type { Repositories } from '@main/store/repositories'
import type { RunService, StartedRun } from '@main/runs/run-service'
import { type Reached, hopelessBelow, reachedAt } from './early-stopping'
import { sweepMembers } from './sweep-members'

export interface SweepParts {
  repositories: Repositories
  rows: RowWriter
  runs: RunService
}

/** States from which a run can go on. */
const stopped: readonly Run['state'][] = ['paused', 'cancelled', 'interrupted', 'failed']

/** Runs that are started together and differ in some settings: each a run like any other, and all of them one group. */
export class SweepService {
  /** How far each run of a sweep came, by place: what is measured again after a resume stands once. */
  private readonly reached = new Map<RunId, Map<number, Reached>>()

  constructor(
    private readonly parts: SweepParts,
    private readonly jobs: () => JobQueue,
  ) {
    parts.runs.listen((heard) => this.hear(heard))
  }

  /** Newest first. */
  list(): Sweep[] {
    return this.parts.repositories.sweeps.list()
  }

  /**
   * Starts every run of a sweep, or none.
   * Throws Failure BAD_SETTING that names the setting, and what the start of a run throws.
   */
  async start({ start, axes, plan }: StartSweep): Promise<{ sweep: SweepId; runs: StartedRun[] }> {
    if (plan.stopping !== 'off') requireValidation(start)
    const schema = start.kind === 'classifier' ? ClassifierConfig : ExplainerConfig
    const members = sweepMembers({ schema, config: start.config, axes, plan })
    const name = this.freeName(start.name)
    const sweep = { id: newId(SweepId), name, kind: start.kind, axes, plan, createdAt: Date.now() }
    const starts = members.map((config, i) => ({ ...start, name: `${name}.${i + 1}`, config }) as StartRun)
    return { sweep: sweep.id, runs: await this.parts.runs.startAll(starts, sweep) }
  }

  /** Stops the members that wait or run. Throws Failure NOT_FOUND. */
  async stop(id: SweepId): Promise<{ stopped: number }> {
    return { stopped: await this.each(this.open(id), (job) => this.jobs().cancel(job)) }
  }

  /** Puts the members aside that wait or run, until they are resumed. Throws Failure NOT_FOUND. */
  async pause(id: SweepId): Promise<{ paused: number }> {
    return { paused: await this.each(this.open(id), (job) => this.jobs().pause(job)) }
  }

  /** Members that wait or run, the last first, so that none begins because another one ends. */
  private open(id: SweepId): Run[] {
    return this.members(id)
      .filter(({ state }) => openStates.includes(state))
      .toReversed()
  }

  /** Goes on with the members that were stopped, or broke off; those given up as hopeless stay so. Throws Failure NOT_FOUND. */
  async resume(id: SweepId): Promise<{ resumed: number }> {
    const left = this.members(id).filter(({ state, stoppedEarly }) => stopped.includes(state) && !stoppedEarly)
    return { resumed: await this.each(left, (job) => this.jobs().resume(job)) }
  }

  /** Deletes the members with their files. One that is still going is refused. Throws Failure NOT_FOUND, RUN_NOT_FINISHED. */
  async remove(id: SweepId): Promise<void> {
    await this.parts.runs.remove(...this.members(id).map((run) => run.id))
  }

  /** What `remove` would give back to the disk. Throws Failure NOT_FOUND. */
  freedBy(id: SweepId): { bytes: number; explanations: number } {
    return this.parts.runs.freedBy(...this.members(id).map((run) => run.id))
  }

  private members(id: SweepId): Run[] {
    return this.parts.runs.ofSweep(this.parts.repositories.sweeps.get(id).id)
  }

  /** @returns how many it was done to: one that ended meanwhile is left */
  private async each(
    members: readonly Run[],
    act: (job: NonNullable<Run['job']>) => Promise<unknown>,
  ): Promise<number> {
    let count = 0
    for (const { job } of members) {
      if (!job) continue
      try {
        await act(job)
        count += 1
      } catch (error) {
        if (!(error instanceof Failure && error.code === 'JOB_NOT_RUNNING')) throw error
      }
    }
    return count
  }

  private freeName(wanted: string | undefined): string {
    const taken = new Set(this.list().map(({ name }) => name))
    if (wanted) return freeName(wanted, (name) => taken.has(name))
    for (let n = 1; ; n++) if (!taken.has(`sweep ${n}`)) return `sweep ${n}`
  }

  /** Gives up a run that the rule of its sweep finds hopeless. */
  private hear({ run: id, point }: { run: RunId; point: MetricPoint }): void {
    const { runs, sweeps } = this.parts.repositories
    const run = runs.find(id)
    const sweep = run?.sweep ? sweeps.find(run.sweep) : null
    if (!run || !sweep || sweep.plan.stopping === 'off') return
    const now = reachedAt(run.kind, point)
    if (!now) return
    this.curveOf(run).set(now.at, now)
    if (run.stoppedEarly || now.at < sweep.plan.stopAfter * lengthOf(run)) return
    const others = runs.ofSweep(sweep.id).filter((other) => other.id !== id)
    const median = hopelessBelow(
      this.pointsOf(run, now.at),
      others.map((other) => this.pointsOf(other)),
      sweep.plan.stopAmong,
    )
    if (median !== null) this.giveUp(run, { now, median })
  }

  private giveUp(run: Run, { now, median }: { now: Reached; median: number }): void {
    const { rows, repositories, runs } = this.parts
    const what = run.kind === 'classifier' ? 'validation accuracy' : 'bound'
    const where = run.kind === 'classifier' ? `epoch ${now.at}` : `step ${now.at}`
    runs.say(run.id, `stopped early: best ${what} by ${where} is below ${median.toFixed(4)}, the median of its sweep`)
    rows.put(() => void repositories.runs.update(run.id, { stoppedEarly: true }))
    // One that ended meanwhile needs no stop.
    if (run.job)
      this.jobs()
        .cancel(run.job)
        .catch(() => {})
  }

  private curveOf(run: Run): Map<number, Reached> {
    const known = this.reached.get(run.id)
    if (known) return known
    const points = this.parts.repositories.runs.metrics(run.id).flatMap((point) => reachedAt(run.kind, point) ?? [])
    const curve = new Map(points.map((point) => [point.at, point]))
    this.reached.set(run.id, curve)
    return curve
  }

  private pointsOf(run: Run, until = Infinity): Reached[] {
    return [...this.curveOf(run).values()].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
  }
}

/** Without videos put aside there is nothing that runs could be compared by. */
function requireValidation({ kind, config }: StartRun): void {
  if (kind === 'explainer' || config.validation > 0) return
  const reason = 'Runs are compared by their validation accuracy. Put some training videos aside: Validation above 0.'
  throw new Failure('BAD_SETTING', { setting: 'stopping', reason })
}

/** Epochs or steps of a whole run. */
function lengthOf({ kind, config }: Run): number {
  const { epochs = 1, steps = 1 } = config as { epochs?: number; steps?: number }
  return kind === 'classifier' ? epochs : steps
}
