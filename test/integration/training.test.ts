import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { ImportedModelSettings } from '@shared/config/imported-model'
import { SampleConfig } from '@shared/config/sample'
import type { Job } from '@shared/contract/jobs'
import type { StartRun } from '@shared/contract/learning'
import type { JobId, RunId, VideoId } from '@shared/ids'
import { weightsIn } from '@main/worker/session/model-folder'
import { builtHost, removeHost } from '../support/built-host'
import { type StudioOfTest, studioIn, tempFolder, useCachedEngine } from '../support/studio'

const folder = tempFolder()
const project = join(folder.path, 'project')
const sample = SampleConfig.parse({ removable: 2, size: 32, frames: 8, cell: 4, train: 32, test: 8 })
const small = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'] as const, batch: 8 }
const classifier = (more: object = {}): StartRun => ({
  kind: 'classifier',
  preset: 'Custom',
  config: ClassifierConfig.parse({ ...small, epochs: 2, ...more }),
})
let host = ''
let own: StudioOfTest

async function ended({ studio }: StudioOfTest, id: JobId): Promise<Job> {
  for await (const _ of studio.jobs.watch()) {
    const job = await studio.jobs.get(id)
    if (job.state !== 'queued' && job.state !== 'running') return job
  }
  throw new Error('the watch ended')
}

/** Waits until a run has got somewhere. */
async function trained({ studio, api }: StudioOfTest, run: RunId, epochs: number): Promise<void> {
  for await (const _ of studio.jobs.watch()) {
    const points = await api.learning.metrics({ id: run })
    if (points.some(({ epoch, values }) => epoch > epochs && 'loss' in values)) return
  }
}

function weights(run: RunId): Buffer {
  return readFileSync(join(project, 'runs', run, 'last', 'weights.safetensors'))
}

beforeAll(async () => {
  await useCachedEngine()
  host = await builtHost()
  own = studioIn(host, join(folder.path, 'home'))
  await own.api.project.create({ path: project })
})
afterAll(async () => {
  await own.studio.close()
  folder[Symbol.dispose]()
  removeHost(host)
})

describe('before there is anything to learn from', () => {
  test('starting says what is missing, and leaves no run behind', async () => {
    const { api } = own
    await expect(api.learning.start(classifier())).rejects.toMatchObject({ code: 'TOO_FEW_CLASSES' })
    const explainer = { kind: 'explainer' as const, preset: 'Custom', config: ExplainerConfig.parse({}) }
    await expect(api.learning.start(explainer)).rejects.toMatchObject({ code: 'NO_CLASSIFIER' })
    await expect(api.evaluation.start({})).rejects.toMatchObject({ code: 'NO_EXPLAINER' })
    expect(await api.learning.runs()).toEqual([])
    const { findings } = await api.learning.estimate(classifier())
    expect(findings[0]).toMatchObject({ level: 'error', text: expect.stringContaining('at least two classes') })
  })

  test('an import of what is no video, or not there, is refused in a sentence', async () => {
    const { api } = own
    const { job } = await api.library.import({ paths: [join(folder.path, 'nothing')] })
    expect(await ended(own, job)).toMatchObject({ state: 'failed', failure: { code: 'NOTHING_TO_IMPORT' } })
  })
})

describe('on a small sample', () => {
  let first: RunId
  let explainer: RunId
  let video: VideoId

  beforeAll(async () => {
    const { job } = await own.studio.workspace().samples.start(sample)
    expect(await ended(own, job)).toMatchObject({ state: 'done', result: { videos: 40 } })
    video = (await own.api.library.videos({ splits: ['test'] })).rows[5]!.id
  })

  test('the sample is imported, labelled and boxed as any other data', async () => {
    const { videos, classes, attributes, boxes } = await own.api.library.statistics()
    expect({ videos, classes, attributes }).toEqual({
      videos: { train: 32, test: 8, none: 0 },
      classes: 4,
      attributes: 4,
    })
    expect(boxes.train).toBeGreaterThan(100)
    expect((await own.api.annotation.get({ video })).labels).toHaveLength(4)
  })

  test('an empty class is named before anything starts', async () => {
    const { id } = await own.api.library.createClass({ name: 'empty one' })
    await expect(own.api.learning.start(classifier())).rejects.toMatchObject({
      code: 'CLASS_EMPTY',
      data: { classes: ['empty one'] },
    })
    await own.api.library.removeClass({ id })
  })

  test('a run of some classes learns their videos alone, past an empty class; a name that is none is said', async () => {
    const { api } = own
    const { id } = await api.library.createClass({ name: 'empty one' })
    const some = classifier({ classes: ['pole', 'ball'], classWeights: 'balanced', epochs: 1 })
    const { findings } = await api.learning.estimate(some)
    expect(findings.at(-1)).toEqual({ level: 'ok', text: '16 training videos, 4 test videos.' })
    const { run, job } = await api.learning.start(some)
    expect(await ended(own, job)).toMatchObject({ state: 'done', failure: null })
    const done = await api.learning.run({ id: run })
    expect(done).toMatchObject({ trainVideos: 16, testVideos: 4 })
    expect(done.classes.toSorted()).toEqual(['ball', 'pole'])
    const wrong = await api.learning.estimate(classifier({ classes: ['pole', 'Pol'] }))
    expect(wrong.findings[0]?.text).toContain('There is no class called Pol. The project has ')
    await expect(api.learning.start(classifier({ classes: ['pole', 'Pol'] }))).rejects.toMatchObject({
      code: 'BAD_SETTING',
      data: { setting: 'classes' },
    })
    await api.learning.remove({ id: run })
    await api.library.removeClass({ id })
  })

  test('flips are refused where an attribute is marked left or right', async () => {
    const [word] = await own.api.library.attributes()
    await own.api.library.updateAttribute({ id: word!.id, side: 'left' })
    await expect(own.api.learning.start(classifier({ flip: true }))).rejects.toMatchObject({
      code: 'BAD_SETTING',
      data: { setting: 'flip', reason: expect.stringContaining(word!.name) },
    })
    await own.api.library.updateAttribute({ id: word!.id, side: 'none' })
  })

  test('a classifier is trained in the worker: curves, headline, log and files are there', async () => {
    const { run, job } = await own.api.learning.start(classifier())
    first = run
    expect(await ended(own, job)).toMatchObject({ state: 'done', run })
    const done = await own.api.learning.run({ id: run })
    expect(done).toMatchObject({
      state: 'done',
      trainVideos: 32,
      testVideos: 8,
      classes: ['ball', 'nothing', 'pole', 'pole + ball'],
    })
    expect(done.headline.testAccuracy).toBeGreaterThanOrEqual(0)
    const points = await own.api.learning.metrics({ id: run })
    expect(points.at(-1)).toMatchObject({ epoch: 2, values: { testAccuracy: expect.any(Number) } })
    expect((await own.api.learning.log({ id: run })).join('\n')).toContain('epoch 2 of 2')
    const { seconds } = await own.api.learning.estimate(classifier({ epochs: 4 }))
    expect(seconds, 'known from the run before').toBeGreaterThan(0)
  })

  test('a run whose name is taken gets a number, so that each can be asked for by name', async () => {
    const { name } = await own.api.learning.run({ id: first })
    const { run, job } = await own.api.learning.start({ ...classifier(), name })
    expect((await own.api.learning.run({ id: run })).name).toBe(`${name} (2)`)
    expect((await own.api.jobs.list()).find(({ id }) => id === job)?.title).toBe(`Training ${name} (2)`)
    await own.api.jobs.cancel({ id: job })
    await ended(own, job)
    await own.api.learning.remove({ id: run })
  })

  test('a run is trained again: the same settings give the same weights, and its log says so; what deleting it frees is known', async () => {
    const { api } = own
    const { name } = await api.learning.run({ id: first })
    const again = await api.learning.again({ id: first })
    expect(await ended(own, again.job)).toMatchObject({ state: 'done' })
    expect(await api.learning.run({ id: again.run })).toMatchObject({ name: `${name} again` })
    expect((await api.learning.log({ id: again.run })).at(-2)).toContain(
      `the same settings as ${name}, and the same weights`,
    )
    expect(weights(again.run).equals(weights(first))).toBe(true)
    const { bytes, explanations } = await api.learning.freedBy({ id: again.run })
    expect(bytes).toBeGreaterThan(2 * weights(first).length)
    expect(explanations).toBe(0)
    await api.learning.remove({ id: again.run })
  })

  test('a run that goes on is not put away; one that ended is, and is chosen by nobody who names none', async () => {
    const { api } = own
    const { run, job } = await api.learning.start(classifier({ seed: 7 }))
    await expect(api.learning.archive({ id: run, archived: true })).rejects.toMatchObject({ code: 'RUN_NOT_FINISHED' })
    await ended(own, job)
    expect(await api.learning.archive({ id: run })).toMatchObject({ archived: true, state: 'done' })
    const explained = await api.learning.start({
      kind: 'explainer',
      preset: 'Custom',
      config: ExplainerConfig.parse({}),
    })
    expect((await api.learning.run({ id: explained.run })).explains).not.toBe(run)
    await api.jobs.cancel({ id: explained.job })
    await ended(own, explained.job)
    expect(await api.learning.archive({ id: run, archived: false })).toMatchObject({ archived: false })
    for (const id of [explained.run, run]) await api.learning.remove({ id })
  })

  test('the same seed gives the same weights, and another one others', async () => {
    const runs = await Promise.all(
      [classifier(), classifier({ seed: 1 })].map((start) => own.api.learning.start(start)),
    )
    for (const { job } of runs) expect((await ended(own, job)).state).toBe('done')
    expect(weights(runs[0]!.run).equals(weights(first))).toBe(true)
    expect(weights(runs[1]!.run).equals(weights(first))).toBe(false)
  })

  test('a classifier can begin with the weights of another one, at another picture size, also after a stop', async () => {
    const size64 = (more: Partial<Extract<StartRun, { kind: 'classifier' }>> = {}): StartRun =>
      ({
        ...(classifier({ size: 64, epochs: 1, learningRate: 1e-6, weightDecay: 0 }) as object),
        ...more,
      }) as StartRun
    const tuned = await own.api.learning.start(size64({ startFrom: first }))
    expect((await ended(own, tuned.job)).state).toBe('done')
    const done = await own.api.learning.run({ id: tuned.run })
    expect(done).toMatchObject({ startFrom: first, state: 'done' })
    expect((await own.api.learning.log({ id: tuned.run })).join('\n')).toContain(
      'begins with the weights of classifier 1',
    )
    const kernel = (run: RunId, folder: string) =>
      weightsIn(join(project, 'runs', run, folder), 'weights.safetensors', {}).get('block4.conv2.kernel')!.values
    const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))
    expect(distance(kernel(tuned.run, 'last'), kernel(first, 'model'))).toBeLessThan(1e-4)
    // Stopped before its first epoch it has no checkpoint, and must begin in the same place again.
    const stopped = await own.api.learning.start(size64({ startFrom: first }))
    await own.api.jobs.cancel({ id: stopped.job })
    expect((await ended(own, stopped.job)).state).toBe('cancelled')
    await own.api.jobs.resume({ id: stopped.job })
    expect((await ended(own, stopped.job)).state).toBe('done')
    expect(weights(stopped.run).equals(weights(tuned.run))).toBe(true)
  })

  test('a start from a network of other layers is refused before anything starts', async () => {
    const start = { ...classifier({ widths: [4, 8, 8, 8] }), startFrom: first } as StartRun
    await expect(own.api.learning.start(start)).rejects.toMatchObject({
      code: 'BAD_SETTING',
      data: { reason: expect.stringContaining('block2.conv1') },
    })
    const { findings } = await own.api.learning.estimate(start)
    expect(findings[0]).toMatchObject({ level: 'error', text: expect.stringContaining('block2.conv1') })
  })

  test('a run stopped in its first second is cancelled, and goes on when it is resumed', async () => {
    // Long enough that no machine is through with it before the request arrives.
    const { run, job } = await own.api.learning.start(classifier({ epochs: 30 }))
    while ((await own.api.jobs.get({ id: job })).state === 'queued') await new Promise((next) => setTimeout(next, 10))
    await own.api.jobs.cancel({ id: job })
    expect((await ended(own, job)).state).toBe('cancelled')
    expect(await own.api.learning.run({ id: run })).toMatchObject({ state: 'cancelled' })
    await own.api.jobs.resume({ id: job })
    expect((await ended(own, job)).state).toBe('done')
  })

  test('a run whose worker is killed goes on from its checkpoint: the weights of an undisturbed one, each step once, also those whose points a host did not get to disk', async () => {
    const undisturbed = await own.api.learning.start(classifier({ epochs: 4, seed: 7 }))
    expect((await ended(own, undisturbed.job)).state).toBe('done')
    const { run, job } = await own.api.learning.start(classifier({ epochs: 4, seed: 7 }))
    await trained(own, run, 1)
    // As a host leaves it that dies between a worker's checkpoint and its own next write.
    const table = new Sqlite(join(project, 'project.db'))
    table.prepare('delete from metric where run = ?').run(run)
    table.close()
    own.crash()
    expect((await ended(own, job)).state).toBe('done')
    expect(await own.api.learning.run({ id: run })).toMatchObject({ state: 'done', failure: null })
    expect((await own.api.learning.log({ id: run })).join('\n')).toContain('resumed')
    expect(weights(run).equals(weights(undisturbed.run))).toBe(true)
    const steps = (await own.api.learning.metrics({ id: run })).map(({ step }) => step)
    expect(steps).toEqual((await own.api.learning.metrics({ id: undisturbed.run })).map(({ step }) => step))
  })

  test('a paused run is a row that says so, and resumed it has the weights of an undisturbed one, each step once', async () => {
    const undisturbed = await own.api.learning.start(classifier({ epochs: 4, seed: 9 }))
    expect((await ended(own, undisturbed.job)).state).toBe('done')
    const { run, job } = await own.api.learning.start(classifier({ epochs: 4, seed: 9 }))
    await trained(own, run, 1)
    await own.api.jobs.pause({ id: job })
    expect((await ended(own, job)).state).toBe('paused')
    expect(await own.api.learning.run({ id: run })).toMatchObject({ state: 'paused', failure: null })
    await own.api.jobs.resume({ id: job })
    expect((await ended(own, job)).state).toBe('done')
    expect(weights(run).equals(weights(undisturbed.run))).toBe(true)
    const steps = (await own.api.learning.metrics({ id: run })).map(({ step }) => step)
    expect(steps).toEqual((await own.api.learning.metrics({ id: undisturbed.run })).map(({ step }) => step))
  })

  test('another program’s lock of more than 5 s while it trains stops neither the host nor the run, and no point is lost', async () => {
    const undisturbed = await own.api.learning.start(classifier({ epochs: 4, seed: 8 }))
    expect((await ended(own, undisturbed.job)).state).toBe('done')
    const { run, job } = await own.api.learning.start(classifier({ epochs: 4, seed: 8 }))
    await vi.waitUntil(async () => (await own.api.jobs.get({ id: job })).state === 'running', { timeout: 60_000 })
    const foreign = new Sqlite(join(project, 'project.db'))
    foreign.exec('begin immediate')
    let slowest = 0
    for (const until = Date.now() + 5_500; Date.now() < until;) {
      const from = performance.now()
      await own.api.learning.runs()
      slowest = Math.max(slowest, performance.now() - from)
      await new Promise((next) => setTimeout(next, 50))
    }
    foreign.exec('rollback')
    foreign.close()
    // Its rows are tried for 50 ms at a time; who waited for the lock itself would have waited for 3 s.
    expect(slowest).toBeLessThan(2_500)
    expect((await ended(own, job)).state).toBe('done')
    expect(weights(run).equals(weights(undisturbed.run))).toBe(true)
    const points = async (id: RunId) =>
      (await own.api.learning.metrics({ id })).map(({ step, values }) => [step, values.loss])
    expect(await points(run)).toEqual(await points(undisturbed.run))
  })

  test('what runs when the studio closes is interrupted, and is there to be resumed at the next start', async () => {
    const { run, job } = await own.api.learning.start(classifier({ epochs: 50 }))
    await trained(own, run, 1)
    await own.studio.close()
    own = studioIn(host, join(folder.path, 'home'))
    await own.api.project.open({ path: project })
    expect(await own.api.jobs.get({ id: job })).toMatchObject({ state: 'interrupted' })
    expect(await own.api.learning.run({ id: run })).toMatchObject({ state: 'interrupted' })
    await own.api.learning.remove({ id: run })
  })

  test('an explainer of it is trained and answers: cards, mask check, heat map, page', async () => {
    const config = ExplainerConfig.parse({ steps: 10, batch: 4 })
    const { run, job } = await own.api.learning.start({ kind: 'explainer', preset: 'Custom', explains: first, config })
    explainer = run
    expect(await ended(own, job)).toMatchObject({ state: 'done' })
    const { api } = own
    const answer = await api.explanation.explain({ video, run, count: 3 })
    expect(answer.cards).toHaveLength(3)
    expect(answer.prediction.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4)
    expect([answer.pos, answer.neg]).toEqual(answer.prediction.classes.slice(0, 2).map((entry) => entry.class))
    const [card] = answer.cards
    for (const { frame, box } of card!.tube) {
      expect(frame).toBeLessThan(8)
      expect([box.x1, box.y1, 32 - box.x2, 32 - box.y2].every((side) => side >= -1e-6)).toBe(true)
    }
    const check = await api.explanation.check({ video, run, tubes: [card!.tube] })
    expect(check.before).toEqual(answer.prediction.classes)
    expect(check.randomTube).toHaveLength(card!.tube.length)
    const { pos, neg } = answer
    const heat = await api.explanation.heat({ video, run, pos, neg, attribute: card!.attribute })
    expect(heat.values).toHaveLength(heat.frames.length * heat.rows * heat.cols)
    expect(Math.max(...heat.values)).toBeCloseTo(Math.max(...card!.perFrame.map(({ delta }) => delta)), 4)
    const { html } = await api.explanation.html({ video, run })
    expect(html).toMatch(/^<!doctype html>/)
    expect(html.match(/data:image\/jpeg;base64,/g)!.length).toBeGreaterThan(8)
    expect(html).not.toMatch(/(src|href)="(?!data:)/)
    expect(html).toContain('Another way to ask: Grad-CAM of A minus B')
  })

  test('the classifier goes out as ONNX and comes in again: the same probabilities and the same cards', async () => {
    const { api } = own
    const file = join(folder.path, 'ours.onnx')
    await api.learning.exportModel({ run: first, path: file })
    const settings = ImportedModelSettings.parse({ name: 'Ours again' })
    const imported = await api.learning.importModel({ ...settings, path: file, createClasses: false })
    expect(await ended(own, imported.job)).toMatchObject({ state: 'done', failure: null })
    const config = ExplainerConfig.parse({ steps: 10, batch: 4 })
    const start = { kind: 'explainer', preset: 'Custom', explains: imported.run, config } as const
    const again = await api.learning.start(start)
    expect(await ended(own, again.job)).toMatchObject({ state: 'done' })
    const [ours, theirs] = await Promise.all(
      [explainer, again.run].map((run) => api.explanation.explain({ video, run, count: 3 })),
    )
    expect([theirs!.pos, theirs!.neg]).toEqual([ours!.pos, ours!.neg])
    for (const [i, { probability }] of theirs!.prediction.classes.entries())
      expect(probability).toBeCloseTo(ours!.prediction.classes[i]!.probability, 4)
    const drawn = (answer: typeof ours) => answer!.cards.map(({ attribute, tube }) => ({ attribute, tube }))
    expect(drawn(theirs)).toEqual(drawn(ours))
    for (const [i, { score }] of theirs!.cards.entries()) expect(score).toBeCloseTo(ours!.cards[i]!.score, 3)
  })

  test('the classifier goes out as a LayersModel too, which is read like anybody’s', async () => {
    const path = join(folder.path, 'model.json')
    const { bytes } = await own.api.learning.exportModel({ run: first, path })
    expect(bytes).toBeGreaterThan(statSync(join(folder.path, 'model.weights.bin')).size)
    const facts = await own.api.learning.inspectModel({ path })
    expect(facts).toMatchObject({ format: 'layers-model', classes: 4, frames: 8, height: 32, output: 'logits' })
  })

  test('an explanation is trained again: the same weights too', async () => {
    const { api } = own
    const again = await api.learning.again({ id: explainer })
    expect(await ended(own, again.job)).toMatchObject({ state: 'done' })
    expect((await api.learning.log({ id: again.run })).at(-2)).toContain('and the same weights to the last bit')
    await api.learning.remove({ id: again.run })
  })

  test('the network itself is asked another way, beside the first card and with the answer where that is wanted', async () => {
    const { api } = own
    const alone = await api.explanation.explain({ video, run: explainer, count: 2 })
    expect(alone.second).toBeNull()
    const { second } = await api.explanation.explain({ video, run: explainer, count: 2, second: true })
    const known = (await api.library.attributes()).map(({ name }) => name)
    expect(known).toContain(second?.opinion?.name)
    expect(second?.opinion?.tube.length).toBeGreaterThan(0)
    expect(second?.opinion?.agreement).toBeGreaterThanOrEqual(0)
    const { pos, neg } = alone
    expect(await api.explanation.second({ video, run: explainer, pos, neg })).toEqual(second)
    const whole = await api.explanation.second({ video, run: explainer, options: { tubes: 'whole' } })
    expect(whole).toMatchObject({ opinion: null, reason: expect.stringContaining('whole video') })
  })

  test('a whole video is explained: its tubes and scores span all of it', async () => {
    const { api } = own
    const clip = await api.explanation.explain({ video, run: explainer, count: 4 })
    const whole = await api.explanation.explain({ video, run: explainer, count: 4, options: { tubes: 'whole' } })
    expect(whole.options.tubes).toBe('whole')
    const { frames } = await api.library.video({ id: video })
    expect(whole.cards[0]!.perFrame.map(({ frame }) => frame)).toEqual(whole.prediction.frames)
    expect(whole.prediction.frames.at(-1)).toBeGreaterThan(frames - 1 - 2)
    expect(whole.cards.map(({ attribute }) => attribute).sort()).toEqual(
      clip.cards.map(({ attribute }) => attribute).sort(),
    )
    for (const { tube, score, minScore } of whole.cards) {
      expect(score).toBeGreaterThanOrEqual(minScore)
      expect(tube.every(({ frame }) => frame >= 0 && frame < frames)).toBe(true)
    }
  })

  test('questions that newer ones stop leave the warm worker as it is; the same clip is looked at once', async () => {
    const { api } = own
    const first = await api.explanation.explain({ video, run: explainer, count: 2 })
    const before = own.started()
    for (let i = 0; i < 5; i++) {
      const stop = new AbortController()
      const asked = api.explanation.explain(
        { video, run: explainer, options: { tubes: 'iterate', maxTubes: 5 } },
        { signal: stop.signal },
      )
      setTimeout(() => stop.abort(), i * 5)
      await asked.catch(() => {})
    }
    expect(await api.explanation.explain({ video, run: explainer, count: 2 })).toEqual(first)
    expect(own.started()).toBe(before)
  })

  test('asking for the same class twice, or of a run that is not there, is refused', async () => {
    const [some] = await own.api.library.classes()
    const pos = some!.id
    await expect(own.api.explanation.explain({ video, pos, neg: pos })).rejects.toMatchObject({ code: 'SAME_CLASS' })
    const run = 'nothing' as RunId
    await expect(own.api.explanation.explain({ video, run })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a run of the other kind is refused where one is asked for, and leaves nothing behind', async () => {
    const { api } = own
    const before = [await api.learning.runs(), await api.evaluation.list({})]
    const config = ExplainerConfig.parse({ steps: 1 })
    const wrong = { code: 'BAD_SETTING', data: { setting: 'run' } }
    await expect(api.evaluation.start({ run: first })).rejects.toMatchObject(wrong)
    await expect(api.explanation.explain({ video, run: first })).rejects.toMatchObject(wrong)
    const start = { kind: 'explainer' as const, preset: 'Custom', explains: explainer, config }
    await expect(api.learning.start(start)).rejects.toMatchObject(wrong)
    expect([await api.learning.runs(), await api.evaluation.list({})]).toEqual(before)
  })

  test('an evaluation is measured; every number of it opens as many rows as it says', async () => {
    const config = EvaluationConfig.parse({ pairs: 'all' })
    const { evaluation, job } = await own.api.evaluation.start({ run: explainer, config })
    expect(await ended(own, job)).toMatchObject({ state: 'done', result: { evaluation } })
    const { columns, state } = await own.api.evaluation.get({ id: evaluation })
    expect(state).toBe('done')
    expect(columns.map(({ method }) => method)).toEqual(
      expect.arrayContaining(['method', 'selectByMax', 'randomTube', 'trueTube', 'classPrior']),
    )
    for (const { method, metrics } of columns) {
      for (const [metric, { count }] of Object.entries(metrics)) {
        const rows = await own.api.evaluation.outcomes({ evaluation, method, metric })
        expect(rows.length, `${method} ${metric}`).toBe(count)
      }
    }
    const [row] = await own.api.evaluation.outcomes({ evaluation })
    const marked = await own.api.evaluation.mark({ id: row!.id, mark: { cause: 'tubeDrifts', note: 'to the left' } })
    expect(marked.mark).toEqual({ cause: 'tubeDrifts', note: 'to the left' })
  })

  test('without attributes there is nothing to explain with', async () => {
    const { api } = own
    for (const { id } of await api.library.attributes()) await api.library.removeAttribute({ id })
    const explained = { kind: 'explainer' as const, preset: 'Custom', config: ExplainerConfig.parse({}) }
    await expect(api.learning.start(explained)).rejects.toMatchObject({ code: 'NO_ATTRIBUTES' })
  })
})
