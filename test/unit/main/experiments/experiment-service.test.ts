import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ExperimentService } from '@main/experiments/experiment-service'
import { JobQueue } from '@main/jobs/job-queue'
import { Bundles } from '@main/runs/bundles'
import { RowWriter } from '@main/project/row-writer'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import type { NewOutcome } from '@main/store/repositories/evaluation-repository'
import { EvaluationService } from '@main/evaluation/evaluation-service'
import { type RunParts, RunService } from '@main/runs/run-service'
import type { WorkerEvent } from '@main/runs/worker-tasks'
import { ClassifierConfig } from '@shared/config/classifier'
import type { EvaluationConfig } from '@shared/config/evaluation'
import { ExperimentConfig, type ExperimentName, experimentNames } from '@shared/config/experiment'
import { ExplainerConfig } from '@shared/config/explainer'
import { Failure, failureFrom } from '@shared/failures'
import type { AttributeId, ClassId, JobId, RunId, VideoId } from '@shared/ids'
import { anOutcome } from '../../../support/fake-measures'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
let classes: ClassId[]
let pole: AttributeId
let videos: VideoId[]
let out: string
let work: FakeWork
let own: ReturnType<typeof services>

beforeEach(() => {
  made = aProject()
  classes = ['Snatch, then jerk', 'Vault', 'Throw', 'Jump'].map((name) => made.build.class(name))
  pole = made.build.attribute('pole')
  videos = classes.flatMap((of, i) =>
    (['train', 'test'] as const).map((split) => made.build.video({ name: `${split} ${i}`, class: of, split })),
  )
  for (const video of videos) made.build.label(video, pole)
  out = join(made.folder, '..', 'out')
  work = new FakeWork()
  own = services()
})
afterEach(() => made.remove())

/** What the worker process would do, in no time: it counts, and stops where it is told to. */
class FakeWork {
  /** Task of every piece of work, in order. */
  readonly done: string[] = []
  stopAt: string | null = null
  waits = false

  readonly workers = {
    work: async (
      task: string,
      input: { config?: EvaluationConfig },
      { onEvent, signal }: { onEvent: (event: WorkerEvent) => void; signal: AbortSignal },
    ) => {
      this.done.push(task)
      if (this.stopAt === task) {
        this.stopAt = null
        this.waits = true
        await new Promise((_, stop) => signal.addEventListener('abort', () => stop(signal.reason)))
      }
      if (task !== 'evaluation') return { testAccuracy: 1, testConfidence: 0.99 }
      onEvent({ kind: 'outcomes', from: 0, rows: rowsFor(input.config?.negatives ?? 0) })
      return []
    },
  }
}

/** Outputs of a model and a random tube on the test videos. */
function rowsFor(negatives: number): NewOutcome[] {
  return videos
    .filter((_, i) => i % 2 === 1)
    .flatMap((video, i) =>
      ['method', 'randomTube'].flatMap((method) =>
        classes
          .filter((neg) => neg !== classes[i])
          .slice(0, negatives)
          .map((neg, n) => {
            const about = {
              video,
              method,
              neg,
              pos: classes[i]!,
              label: classes[i]!,
              attribute: pole,
              negBefore: 1 / (n + 2),
            }
            const {
              id: _,
              mark: __,
              ...row
            } = anOutcome(i, { ...about, negRank: method === 'method' ? 1 : 3, negTies: 0 })
            return row
          }),
      ),
    )
}

function services() {
  const { project, folder } = made
  const { repositories } = project
  const engine = { report: () => ({ backend: 'cpu' }) }
  const rows = new RowWriter({ briefly: (action) => action(), log: String })
  const known = { isShared: false, openedAt: 0 }
  const shared = { workers: work.workers, engine, startedBy: 'terminal', known, onChange: () => {} }
  const write = <T>(action: () => T) => project.write(action)
  const parts = { folder, repositories, write, rows, bundles: new Bundles(repositories, folder), ...shared }
  const jobs = () => queue
  const runs = new RunService(parts as unknown as RunParts, jobs)
  const evaluations = new EvaluationService(parts as unknown as RunParts, runs, jobs)
  const store = new MemoryJobStore()
  const runners = { classifier: runs.runJob, explainer: runs.runJob, evaluation: evaluations.runJob }
  const queue: JobQueue = new JobQueue(store, runners, {
    logUnknown: (error) => String(error),
    onChange: (job, payload) => {
      runs.followJob(job)
      evaluations.followJob(job, payload)
    },
  })
  const example = async () => ({
    ...{
      video: 'v',
      pos: 'Vault',
      neg: 'Jump',
      label: null,
      probabilities: [],
      cards: [],
      checks: [],
      second: { sentence: '', agreement: null, color: '', pictures: [] },
      answer: '',
      cautions: [],
    },
  })
  const experiments = new ExperimentService({ project, runs, evaluations, explanations: { example }, jobs })
  return { runs, evaluations, queue, experiments }
}

async function follow(id: JobId): Promise<void> {
  const job = await own.queue.ended(id)
  if (job.state === 'done') return
  throw (job.failure && failureFrom(job.failure)) ?? new Failure('INTERRUPTED', {})
}

/** A finished classifier and a finished explanation model of it. */
async function train(): Promise<RunId> {
  const config = ClassifierConfig.parse({ flip: false })
  const first = await own.runs.start({ kind: 'classifier', preset: 'Custom', name: 'network', config })
  await follow(first.job)
  const about = { preset: 'Custom', name: 'words', explains: first.run, config: ExplainerConfig.parse({}) }
  const second = await own.runs.start({ kind: 'explainer', ...about })
  await follow(second.job)
  work.done.length = 0
  return second.run
}

interface Call {
  names?: readonly ExperimentName[]
  config?: Partial<ExperimentConfig>
  run?: RunId
}

/** Ctrl+C in the first job whose work is `work.stopAt`. */
async function experiment({ names = experimentNames, config = {}, run }: Call = {}) {
  const said: string[] = []
  const stop = new AbortController()
  const steps = {
    say: (line: string) => void said.push(line),
    signal: stop.signal,
    follow: async (job: JobId) => {
      if (work.waits) {
        stop.abort()
        own.queue.cancel(job)
      }
      await follow(job)
    },
  }
  const result = await own.experiments.run({ names, run, out, config: ExperimentConfig.parse(config) }, steps)
  return { ...result, said }
}

const files = () => readdirSync(out).sort()
const text = (name: string) => readFileSync(join(out, name), 'utf8')

describe('the experiments of the paper', () => {
  test('are all made from one evaluation, and two more for the other numbers of layers', async () => {
    await train()
    const { results, missing, report } = await experiment()
    expect(missing).toEqual([])
    expect(results.map(({ name }) => name)).toEqual(experimentNames)
    const trained = ['classifier', 'explainer', 'evaluation']
    expect(work.done).toEqual(['evaluation', ...trained, ...trained])
    const tables = ['table1', 'table2', 'table3', 'table4'].flatMap((name) => [`${name}.csv`, `${name}.json`])
    const figures = ['figure5.csv', 'figure5.json', 'figure5.svg', 'figure5-several.svg']
    const examples = ['figure6.csv', 'figure6.json', 'figure6.svg', 'figure6-pictures.json']
    expect(files()).toEqual(['experiment.json', 'report.html', ...tables, ...figures, ...examples].sort())
    expect(report).toBe(join(out, 'report.html'))
    expect(own.runs.list().map(({ name, config }) => [name, (config as ClassifierConfig).fcLayers])).toEqual([
      ['words, fc 3', undefined],
      ['network, fc 3', 3],
      ['words, fc 2', undefined],
      ['network, fc 2', 2],
      ['words', undefined],
      ['network', 1],
    ])
  })

  test('say in their files what each number came from', async () => {
    const run = await train()
    await experiment({ names: ['table2'], config: { seed: 5 } })
    const { parts, evaluations } = JSON.parse(text('experiment.json'))
    expect(parts.table2.from).toMatchObject({
      explainer: { id: run, name: 'words' },
      config: { seed: 5, pairs: 'top' },
    })
    expect(evaluations).toEqual([expect.objectContaining({ run, evaluation: parts.table2.from.evaluation })])
    const { settings } = JSON.parse(text('table2.json'))
    const of = (name: string) => settings.find((one: { name: string }) => one.name === name).value
    expect(['seed', 'mask fill', 'tube IoU', 'trim'].map(of)).toEqual(['5', 'mean', 'volume', 'no'])
    expect(of('clips')).toBe('4 of the test split, 4 of them classified rightly')
    expect(of('negatives per clip')).toBe('3 likeliest of 3')
  })

  test('a second call computes nothing, says so, and gives the same numbers', async () => {
    await train()
    const first = await experiment()
    work.done.length = 0
    const before = files().map((name) => [name, text(name)])
    const second = await experiment()
    expect(work.done).toEqual([])
    expect(second.results).toEqual(JSON.parse(JSON.stringify(first.results)))
    expect(second.said.filter((line) => line.includes('nothing has changed'))).toHaveLength(experimentNames.length)
    expect(files().map((name) => [name, text(name)])).toEqual(before)
  })

  test('other settings, other data, and an evaluation that somebody deleted are measured anew', async () => {
    await train()
    await experiment({ names: ['table2'] })
    const measured = async (call: Call) => {
      work.done.length = 0
      await experiment({ names: ['table2'], ...call })
      return work.done.length
    }
    expect(await measured({ config: { seed: 1 } }), 'another seed').toBe(1)
    expect(await measured({}), 'the first seed again').toBe(0)
    await new Promise((next) => setTimeout(next, 5))
    made.build.label(videos[1]!, made.build.attribute('ball'))
    expect(await measured({}), 'another label').toBe(1)
    expect(text('report.html')).not.toContain('before the project')
    await experiment({ names: ['table1'] })
    expect(text('report.html'), 'as made as the data is').not.toContain('before the project')
    made.build.video({ name: 'new', class: classes[0], split: 'test' })
    await experiment({ names: ['table1'] })
    expect(text('report.html')).toContain('Table 2 is from before the project')
    expect(await measured({}), 'another video').toBe(1)
    const { evaluation } = JSON.parse(text('experiment.json')).parts.table2.from
    own.evaluations.remove(evaluation)
    expect(await measured({}), 'a deleted evaluation').toBe(1)
    rmSync(join(out, 'table2.csv'))
    expect(await measured({}), 'a deleted file is written from the rows').toBe(0)
    expect(existsSync(join(out, 'table2.csv'))).toBe(true)
  })

  test('another run is another experiment, even where the old one has gone', async () => {
    const first = await train()
    await experiment({ names: ['table2'] })
    const second = await train()
    await experiment({ names: ['table2'] })
    expect(work.done).toEqual(['evaluation'])
    expect(JSON.parse(text('experiment.json')).parts.table2.from.explainer.id).toBe(second)
    await experiment({ names: ['table2'], run: first })
    expect(work.done, 'the rows of the first are still there').toEqual(['evaluation'])
  })

  test.each([
    ['evaluation', ['evaluation', 'classifier', 'explainer', 'evaluation', 'classifier', 'explainer', 'evaluation']],
    ['classifier', ['classifier', 'explainer', 'evaluation', 'classifier', 'explainer', 'evaluation']],
  ])('stopped in the middle of a %s, it goes on from there and leaves no half file', async (task, left) => {
    await train()
    work.stopAt = task
    await expect(experiment()).rejects.toMatchObject({ code: 'INTERRUPTED' })
    for (const name of files()) expect(text(name).length, name).toBeGreaterThan(0)
    expect(files().filter((name) => name.endsWith('.unfinished'))).toEqual([])
    expect(text('report.html')).toContain('Table 1')
    const runsThen = own.runs.list().length
    work.done.length = 0
    work.waits = false
    const { said, missing } = await experiment()
    expect(missing).toEqual([])
    expect(work.done).toEqual(left)
    expect(said.join('\n')).toMatch(/Going on with/)
    expect(own.runs.list().length - runsThen, 'the run that was begun is the one that goes on').toBe(
      task === 'classifier' ? 3 : 4,
    )
    expect(made.project.repositories.evaluations.list().every(({ state }) => state === 'done')).toBe(true)
  })

  test('without a run named, it is the newest that no experiment here has trained', async () => {
    const run = await train()
    await experiment({ names: ['table4'] })
    await experiment({ names: ['table2'] })
    const { parts } = JSON.parse(text('experiment.json'))
    expect(parts.table2.from.explainer.id).toBe(run)
  })

  test('finished runs of the project that are the wanted ones are taken, whoever trained them', async () => {
    const base = await train()
    const config = ClassifierConfig.parse({ flip: false, fcLayers: 2 })
    const { run, job } = await own.runs.start({ kind: 'classifier', preset: 'Custom', name: 'by hand', config })
    await follow(job)
    work.done.length = 0
    const { said } = await experiment({ names: ['table4'], run: base })
    expect(said).toContain('Using the classifier by hand, which is there')
    expect(work.done.filter((task) => task === 'classifier')).toHaveLength(1)
    const { from } = JSON.parse(text('experiment.json')).parts.table4
    expect(from.layers[1]).toMatchObject({ fcLayers: 2, classifier: { id: run } })
  })

  test('where the data has changed since the run, the others are trained once, on the data of now, and that is said', async () => {
    const run = await train()
    made.build.label(made.build.video({ name: 'more', class: classes[0], split: 'train' }), pole)
    const { results } = await experiment({ names: ['table4'], run })
    expect(results[0]!.notes.join(' ')).toMatch(
      /data has changed since network was trained on 4 videos: network, fc 2 on 5/,
    )
    work.done.length = 0
    await experiment({ names: ['table4'], run })
    expect(work.done).toEqual([])
  })

  test('a classifier that was not trained here cannot be trained with other layers: Table 4 is named as missing', async () => {
    await train()
    const network = own.runs.list().find(({ kind }) => kind === 'classifier')!
    made.project.repositories.runs.update(network.id, { config: { model: 'from elsewhere' } })
    const { missing, results } = await experiment()
    expect(missing.map(({ name, code }) => [name, code])).toEqual([['table4', 'BAD_SETTING']])
    expect(results).toHaveLength(experimentNames.length - 1)
    expect(text('report.html')).toContain('network was not trained in this studio')
  })

  test('without an explanation model one part is refused; of all, what can be made is made and the rest named', async () => {
    await expect(experiment({ names: ['table2'] })).rejects.toMatchObject({ code: 'NO_EXPLAINER' })
    const { results, missing } = await experiment()
    expect(results.map(({ name }) => name)).toEqual(['table1'])
    expect(missing.map(({ name, code }) => [name, code])).toEqual(
      ['table2', 'table3', 'figure5', 'figure6', 'table4'].map((name) => [name, 'NO_EXPLAINER']),
    )
    expect(text('report.html')).toContain('Table 2 is missing. There is no finished explanation model.')
  })

  test('without test videos there is nothing to measure, in a sentence and before anything starts', async () => {
    await train()
    made.project.repositories.videos.set(videos, { split: 'train' })
    await expect(experiment({ names: ['table2'] })).rejects.toMatchObject({ code: 'NOTHING_TO_EVALUATE' })
    expect(work.done).toEqual([])
  })
})
