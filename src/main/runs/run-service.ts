import type { z } from 'zod'
import type { ClassifierConfig } from '@shared/config/classifier'
import { importedConfig, trainedConfig } from '@shared/config/imported-model'
import type { Change } from '@shared/contract/system'
import type { Job } from '@shared/contract/jobs'
import type { Estimate, MetricPoint, ModelSummary, Run, RunKind, StartRun } from '@shared/contract/learning'
import type { Sweep } from '@shared/contract/sweeps'
import { Failure } from '@shared/failures'
import { JobId, RunId, type SweepId } from '@shared/ids'
import { summarise, tapWarnings } from '@main/learning/target/model-summary'
import type { TapGeometry } from '@shared/tap-geometry'
import type { EngineService } from '@main/system/engine-service'
import { folderBytes } from '@main/files/folder-bytes'
import { Feed } from '@main/jobs/feed'
import type { JobContext, JobQueue } from '@main/jobs/job-queue'
import { openStates } from '@main/jobs/job-store'
import { freeName } from '@main/store/database/free-name'
import type { RowWriter } from '@main/project/row-writer'
import { newId } from '@main/store/database/new-id'
import type { Repositories } from '@main/store/repositories'
import { type NewRun, type Vocabulary, alone } from '@main/store/repositories/run-repository'
import { boxWarnings, medianBox } from './box-size'
import type { Bundles } from './bundles'
import { chosenClasses, factsOf } from './chosen-classes'
import { dataFacts } from './data-facts'
import { estimateRun } from './estimate'
import { type DataFacts, findings, onceEach, requireAttributes, requireClasses, requireFlips } from './run-checks'
import { type KnownJobs, seenHere } from './left-elsewhere'
import { RunFolder } from './run-folder'
import { startAgain } from './same-again'
import { requireStart } from './start-from'
import { RunWork } from './run-work'
import { doHere } from './work'
import type { Workers } from './workers'

export interface RunParts {
  folder: string
  repositories: Repositories
  /** What a worker is sent. */
  bundles: Bundles
  /** Writes what somebody asked for (Project.write). */
  write: <T>(action: () => T) => Promise<T>
  /** Takes rows that come by themselves. */
  rows: RowWriter
  workers: Workers
  engine: EngineService
  startedBy: 'studio' | 'terminal'
  known: KnownJobs
  onChange: (change: Change) => void
}

export interface StartedRun {
  run: RunId
  job: Job['id']
}

/** The model that a run would train or explain, as far as its feature maps go. */
interface TargetView {
  /** Null for a model that was brought in. */
  network: ClassifierConfig | null
  taps: readonly TapGeometry[]
  side: number
}

/** Training runs: what would be wrong with one, starting it, its curves, its end. */
export class RunService {
  /** The state of the job that each run was last told of: progress comes often and changes nothing of the row. */
  private readonly followed = new Map<RunId, Job['state']>()
  private readonly points = new Feed<{ run: RunId; point: MetricPoint }>()
  /** What a machine needs to train, and what is done with what it finds. */
  readonly work: RunWork

  constructor(
    private readonly parts: RunParts,
    /** The queue knows the runners of this service, so it comes later. */
    private readonly jobs: () => JobQueue,
  ) {
    this.work = new RunWork({
      ...parts,
      say: (run, line) => this.say(run, line),
      onPoint: (run, point) => this.points.publish({ run, point }),
    })
  }

  /** Newest first. */
  list(): Run[] {
    return this.parts.repositories.runs.list().map((run) => this.seen(run))
  }

  get(id: RunId): Run {
    return this.seen(this.parts.repositories.runs.get(id))
  }

  /** Members of a sweep, in the order in which they were made. */
  ofSweep(id: SweepId): Run[] {
    return this.parts.repositories.runs.ofSweep(id).map((run) => this.seen(run))
  }

  private seen(run: Run): Run {
    return seenHere(run, this.parts.repositories, this.parts.known)
  }

  metrics(id: RunId): MetricPoint[] {
    this.get(id)
    return this.parts.repositories.runs.metrics(id)
  }

  log(id: RunId): string[] {
    this.get(id)
    return this.folderOf(id).log()
  }

  /** The points a run makes from now on, until it ends. */
  async *watch(id: RunId, signal?: AbortSignal): AsyncGenerator<MetricPoint, void> {
    const { job } = this.get(id)
    if (!job || !openStates.includes((await this.jobs().get(job)).state)) return
    const end = new AbortController()
    void this.jobs()
      .ended(job)
      .then(() => end.abort())
    const until = signal ? AbortSignal.any([signal, end.signal]) : end.signal
    for await (const { run, point } of this.points.stream({ signal: until })) if (run === id) yield point
  }

  /** What is wrong with the data, and what a run would need; starts nothing. */
  estimate(start: StartRun): z.infer<typeof Estimate> {
    const facts = factsOf(dataFacts(this.parts.repositories), namesIn(start))
    const { trainVideos, testVideos } = facts
    const { backend } = this.parts.engine.report()
    const target = this.targetOf(start)
    const model = start.kind === 'classifier' ? this.summary(start.config) : null
    const fused = backend === null || backend === 'tensorflow'
    const basis = { facts, target: target?.network ?? null, runs: this.list(), fused }
    return {
      findings: findings(facts, this.checks(start, facts), target ? this.warnings(start, target) : []),
      ...{ ...estimateRun(start, basis), trainVideos, testVideos, model },
    }
  }

  /** The network that settings make for the project's classes. */
  summary(config: ClassifierConfig): ModelSummary {
    const count = config.classes.length || this.parts.repositories.classes.count()
    return summarise(config, Math.max(2, count))
  }

  /**
   * Starts a run.
   * Throws Failure CLASS_EMPTY, TOO_FEW_CLASSES, NO_ATTRIBUTES, NO_CLASSIFIER, RUN_NOT_FINISHED, BAD_SETTING, UNKNOWN_NAME.
   */
  async start(start: StartRun): Promise<StartedRun> {
    const [started] = await this.startAll([start], null)
    if (!started) throw new Error('a run that was started is there')
    return started
  }

  /** Starts a run once more, with its settings, seed and classes. Throws as `start`, and BAD_SETTING for a model brought in. */
  async again(id: RunId): Promise<StartedRun> {
    return this.start(
      startAgain(
        this.get(id),
        this.classes([]).map(({ name }) => name),
      ),
    )
  }

  /** What deleting runs gives back to the disk, with the explanations of them that go too. Throws Failure NOT_FOUND. */
  freedBy(...ids: RunId[]): { bytes: number; explanations: number } {
    const named = new Set(ids)
    const explanations = ids.flatMap((id) => this.explanationsOf(this.get(id).id)).filter((id) => !named.has(id))
    const all = [...named, ...explanations]
    const bytes = all.reduce((sum, run) => sum + folderBytes(this.folderOf(run).path), 0)
    return { bytes, explanations: explanations.length }
  }

  private explanationsOf(id: RunId): RunId[] {
    const { runs } = this.parts.repositories
    return runs.list().flatMap((run) => (run.explains === id ? [run.id] : []))
  }

  /**
   * Starts several runs, all or none; each in its own way as one that was started alone.
   * @param sweep what they are members of, made with them
   * Throws as `start`.
   */
  async startAll(starts: readonly StartRun[], sweep: Sweep | null): Promise<StartedRun[]> {
    const { repositories, write, bundles } = this.parts
    const facts = onceEach(dataFacts(repositories))
    for (const start of starts) {
      for (const check of this.checks(start, factsOf(facts, namesIn(start)))) check()
      bundles.layerOf(start.config)
    }
    const made = await write(() => {
      if (sweep) repositories.sweeps.create(sweep)
      return starts.map((start) => this.create(start, facts, sweep))
    })
    for (const run of made) this.prepareFolder(run)
    try {
      return await this.queueAll(made)
    } catch (error) {
      await this.takeBack(made)
      throw error
    }
  }

  /** Writes the row of a run that waits. */
  private create(start: StartRun, facts: DataFacts, sweep: Sweep | null): NewRun {
    const { repositories, startedBy, engine } = this.parts
    const explains = start.kind === 'explainer' ? this.classifierFor(start.explains).id : null
    const startFrom = start.kind === 'classifier' ? (start.startFrom ?? null) : null
    // The order of the outputs is that of the model that is explained, or begun with.
    const model = explains ?? startFrom
    const { kind, preset, config } = start
    const { trainVideos, testVideos } = factsOf(facts, namesIn(start))
    const run: NewRun = {
      ...{
        id: newId(RunId),
        name: this.freeName(kind, start.name),
        kind,
        preset,
        config,
        explains,
        startFrom,
        startedBy,
      },
      ...{ ...alone, sweep: sweep?.id ?? null, trainVideos, testVideos },
      ...{ state: 'queued', job: newId(JobId), headline: {}, failure: null, engine: engine.report().backend ?? '' },
      classes: model ? repositories.runs.vocabulary(model).classes : this.classes(namesIn(start)),
      attributes: repositories.attributes.rows().map(({ id, name }) => ({ id, name })),
      ...{ createdAt: Date.now(), startedAt: null, endedAt: null },
    }
    repositories.runs.create(run)
    return run
  }

  private prepareFolder({ id, kind, preset, explains, startFrom, config }: NewRun): void {
    this.folderOf(id).create({ kind, preset, explains, startFrom, config })
    if (startFrom) this.folderOf(id).say(`begins with the weights of ${this.get(startFrom).name}`)
  }

  private async queueAll(runs: readonly NewRun[]): Promise<StartedRun[]> {
    const queued: StartedRun[] = []
    try {
      for (const { id, kind, name, job } of runs) {
        const about = { kind, title: `Training ${name}`, payload: null, run: id }
        queued.push({ run: id, job: (await this.jobs().start({ ...about, id: job ?? undefined })).id })
      }
      return queued
    } catch (error) {
      for (const { job } of queued)
        await this.jobs()
          .cancel(job)
          .catch(() => {})
      throw error
    }
  }

  /** Runs whose jobs could not be queued leave nothing behind. */
  private async takeBack(made: readonly NewRun[]): Promise<void> {
    const { repositories, write } = this.parts
    await write(() => {
      for (const { id } of made) repositories.runs.remove(id)
      repositories.sweeps.removeEmpty()
    })
    for (const { id } of made) this.folderOf(id).remove()
  }

  /** Puts a run away, or brings it back: it stays with all that was measured on it, and is chosen only by name. */
  async archive(id: RunId, archived: boolean): Promise<Run> {
    const { repositories, write, onChange } = this.parts
    const { state } = this.get(id)
    if (archived && openStates.includes(state)) throw new Failure('RUN_NOT_FINISHED', { run: id, state })
    const run = await write(() => repositories.runs.update(id, { archived }))
    onChange({ area: 'runs', ids: [id] })
    return run
  }

  /** Gives a run tags or a note; what is left out stays. Throws Failure NOT_FOUND. */
  async describe(id: RunId, { tags, note }: { tags?: readonly string[]; note?: string }): Promise<Run> {
    const { repositories, write, onChange } = this.parts
    this.get(id)
    const words = { ...(tags && { tags: [...new Set(tags)] }), ...(note !== undefined && { note }) }
    const run = await write(() => repositories.runs.update(id, words))
    onChange({ area: 'runs', ids: [id] })
    return run
  }

  /** Deletes runs with their files and everything measured on them, all or none. One that is still going is refused. */
  async remove(...wanted: readonly RunId[]): Promise<void> {
    const { repositories, write } = this.parts
    const ids = await write(() => {
      const gone = wanted.flatMap((id) =>
        repositories.runs.find(id) || wanted.length === 1 ? this.removeRows(id) : [],
      )
      repositories.sweeps.removeEmpty()
      return gone
    })
    for (const gone of ids) this.folderOf(gone).remove()
    this.parts.onChange({ area: 'runs', ids })
  }

  /** @returns whose files can go */
  private removeRows(id: RunId): RunId[] {
    const { runs } = this.parts.repositories
    const run = this.get(id)
    if (openStates.includes(run.state)) throw new Failure('RUN_NOT_FINISHED', { run: id, state: run.state })
    const ids = this.explanationsOf(id).flatMap((explanation) => this.removeRows(explanation))
    runs.remove(id)
    return [...ids, id]
  }

  /** Runs jobs of kind 'classifier' and 'explainer'. */
  readonly runJob = (context: JobContext): Promise<unknown> => doHere(this.work, context, this.parts)

  /** Keeps the run's row in step with its job. */
  followJob(job: Job): void {
    const { run: id } = job
    if (!id || this.followed.get(id) === job.state) return
    this.followed.set(id, job.state)
    this.parts.rows.put(() => this.putState(id, job))
  }

  private putState(id: RunId, job: Job): void {
    const { runs } = this.parts.repositories
    const run = runs.find(id)
    if (!run || (run.state === job.state && run.job === job.id)) return
    const { state, failure, startedAt, endedAt } = job
    runs.update(id, { state, failure, startedAt, endedAt, job: job.id })
    if (run.state !== state) this.say(id, failure ? `${state}: ${failure.message}` : state)
    this.parts.onChange({ area: 'runs', ids: [id] })
  }

  /** The finished classifier a person means. Throws Failure NO_CLASSIFIER, RUN_NOT_FINISHED, BAD_SETTING. */
  classifierFor(id: RunId | undefined): Run {
    const { runs } = this.parts.repositories
    if (id) return finished(ofKind(runs.get(id), 'classifier'))
    const newest = runs.newestDone('classifier')
    if (!newest) throw new Failure('NO_CLASSIFIER', {})
    return newest
  }

  /** The finished explanation model a person means. Throws Failure NO_EXPLAINER, RUN_NOT_FINISHED, BAD_SETTING. */
  explainerFor(id: RunId | undefined): Run {
    const { runs } = this.parts.repositories
    if (id) return finished(ofKind(runs.get(id), 'explainer'))
    const newest = runs.newestDone('explainer')
    if (!newest) throw new Failure('NO_EXPLAINER', {})
    return newest
  }

  /** Calls `hear` with each point of any run, as it comes; returns how to stop. */
  listen(hear: (of: { run: RunId; point: MetricPoint }) => void): () => void {
    return this.points.listen(hear)
  }

  /** Adds a line to the run's log. */
  say(id: RunId, line: string): void {
    const at = new Date()
    this.parts.rows.put(() => this.folderOf(id).say(line, at))
  }

  /** What refuses a run. */
  private checks(start: StartRun, facts: DataFacts): (() => void)[] {
    if (start.kind === 'explainer')
      return [() => void this.classifierFor(start.explains), () => requireAttributes(facts)]
    const { flip } = start.config
    return [
      () => void this.classes(namesIn(start)),
      () => requireClasses(facts),
      () => requireFlips(flip, facts),
      () => this.requireStart(start),
    ]
  }

  /** What speaks against the feature maps: what their cells see, and how large the boxes are that people drew. */
  private warnings(start: StartRun, { taps, side }: TargetView): string[] {
    const box = medianBox(this.parts.repositories.tracks.sizes('train'))
    const pooling = start.kind === 'explainer' ? start.config.featurePooling : undefined
    return [...taps.flatMap((tap) => tapWarnings(tap, side)), ...boxWarnings({ box, taps, side, pooling })]
  }

  /** Throws Failure NOT_FOUND, RUN_NOT_FINISHED, BAD_SETTING. */
  private requireStart({ startFrom, config }: Extract<StartRun, { kind: 'classifier' }>): void {
    if (!startFrom) return
    const { runs } = this.parts.repositories
    const fromClasses = runs.vocabulary(startFrom).classes
    requireStart({ from: runs.get(startFrom), fromClasses, config, classes: this.classes(config.classes) })
  }

  /** Throws Failure BAD_SETTING. */
  private classes(names: readonly string[]): Vocabulary['classes'] {
    const all = this.parts.repositories.classes.rows().map(({ id, name }) => ({ id, name }))
    return [...chosenClasses(all, names)]
  }

  /** The feature maps that a run would have, or explain, and the side of the clip they see. */
  private targetOf(start: StartRun): TargetView | null {
    if (start.kind === 'classifier') return { network: start.config, ...this.viewOf(start.config) }
    const { runs } = this.parts.repositories
    const config = (start.explains ? runs.find(start.explains) : runs.newestDone('classifier'))?.config
    const network = trainedConfig(config)
    if (network) return { network, ...this.viewOf(network) }
    const imported = importedConfig(config)
    return imported && { network: null, taps: imported.maps, side: imported.size }
  }

  private viewOf(config: ClassifierConfig): Omit<TargetView, 'network'> {
    return { taps: this.summary(config).taps, side: config.size }
  }

  /**
   * A name that no run has: the one wanted, with a number where it is taken, or the first free one of "classifier 1",
   * "classifier 2" ... Runs are asked for by name, so that two of one name could not be told apart.
   */
  freeName(kind: Run['kind'] | 'imported', wanted?: string): string {
    const taken = new Set(this.parts.repositories.runs.names())
    const named = wanted?.trim()
    if (named) return freeName(named, (name) => taken.has(name))
    for (let n = 1; ; n++) if (!taken.has(`${kind} ${n}`)) return `${kind} ${n}`
  }

  private folderOf(id: RunId): RunFolder {
    return new RunFolder(this.parts.folder, id)
  }
}

/** The classes that a run was asked to tell apart; empty for all, or those of the model it explains. */
function namesIn({ kind, config }: StartRun): readonly string[] {
  return kind === 'classifier' ? config.classes : []
}

const kindWords: Readonly<Record<RunKind, string>> = { classifier: 'a classifier', explainer: 'an explanation model' }

function ofKind(run: Run, kind: RunKind): Run {
  if (run.kind === kind) return run
  const reason = `It takes ${kindWords[kind]}, and ${run.name} is ${kindWords[run.kind]}. Choose another run.`
  throw new Failure('BAD_SETTING', { setting: 'run', reason })
}

function finished(run: Run): Run {
  if (run.state !== 'done') throw new Failure('RUN_NOT_FINISHED', { run: run.id, state: run.state })
  return run
}
