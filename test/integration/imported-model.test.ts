import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { type ImportedModelConfig, ImportedModelSettings } from '@shared/config/imported-model'
import { ClassifierConfig } from '@shared/config/classifier'
import { SampleConfig } from '@shared/config/sample'
import type { Job } from '@shared/contract/jobs'
import type { ImportModel } from '@shared/contract/learning'
import type { JobId, RunId, VideoId } from '@shared/ids'
import { openEngine } from '@main/learning/engine/open-engine'
import { layerList, tapGeometry } from '@main/learning/target/layer-list'
import { builtHost, removeHost } from '../support/built-host'
import { exportedFile, graphFile, layersFile } from '../support/foreign-model'
import { type StudioOfTest, studioIn, tempFolder, useCachedEngine } from '../support/studio'

const folder = tempFolder()
const project = join(folder.path, 'project')
const sample = SampleConfig.parse({ removable: 2, size: 32, frames: 8, cell: 4, train: 16, test: 8 })
const shape = { frames: 8, side: 32, classes: 4 }
let host = ''
let own: StudioOfTest
let file = ''

const bringIn = (more: Partial<ImportModel> = {}): ImportModel => ({
  ...ImportedModelSettings.parse({}),
  ...{ path: file, createClasses: false, ...more },
})

async function ended(id: JobId): Promise<Job> {
  for await (const _ of own.studio.jobs.watch()) {
    const job = await own.studio.jobs.get(id)
    if (job.state !== 'queued' && job.state !== 'running') return job
  }
  throw new Error('the watch ended')
}

beforeAll(async () => {
  await useCachedEngine()
  await openEngine()
  file = await layersFile(shape)
  host = await builtHost()
  own = studioIn(host, join(folder.path, 'home'))
  await own.api.project.create({ path: project })
  expect(await ended((await own.studio.workspace().samples.start(sample)).job)).toMatchObject({ state: 'done' })
})
afterAll(async () => {
  await own.studio.close()
  folder[Symbol.dispose]()
  removeHost(host)
})

test('a model is looked at before it is brought in', async () => {
  expect(await own.api.learning.inspectModel({ path: file })).toMatchObject({
    ...{ format: 'layers-model', frames: 8, height: 32, width: 32, classes: 4, output: 'probabilities' },
    proposed: ['second_relu'],
  })
})

describe('what does not fit is refused in a sentence, and leaves no run and no files behind:', () => {
  const refused = async (more: Partial<ImportModel>) => {
    const error = await own.api.learning.importModel(bringIn(more)).then(
      () => null,
      (reason: unknown) => reason as { code: string; data: { reason: string } },
    )
    expect(await own.api.learning.runs()).toEqual([])
    expect(existsSync(join(project, 'runs')) ? readdirSync(join(project, 'runs')) : []).toEqual([])
    return `${error?.code}: ${error?.data.reason}`
  }

  test('names that are too few, or that the project lacks', async () => {
    expect(await refused({ classes: ['ball', 'pole'] })).toBe(
      'BAD_SETTING: The model has 4 outputs, and 2 names are given.',
    )
    expect(await refused({ classes: ['ball', 'nothing', 'pole', 'ring'] })).toMatch(/no class of this name: ring/)
  })
  test('a layer it does not have, or that is no map', async () => {
    expect(await refused({ taps: ['third'] })).toMatch(/MODEL_UNFIT: It has no layer called third/)
    expect(await refused({ taps: ['flat'] })).toMatch(/MODEL_UNFIT: flat puts out/)
  })
  test('pictures that are not square', async () => {
    expect(await refused({ path: await layersFile({ ...shape, width: 48 }) })).toMatch(/pictures of 48 x 32/)
  })
  test('a file that is no model', async () => {
    expect(await refused({ path: join(folder.path, 'nothing.json') })).toMatch(/MODEL_UNFIT: The file cannot be read/)
  })
})

describe('a model that was brought in', () => {
  let imported: RunId
  let explainer: RunId
  let video: VideoId

  beforeAll(async () => {
    video = (await own.api.library.videos({ splits: ['test'] })).rows[3]!.id
    const names = ['pole', 'ball', 'pole + ball', 'nothing']
    const { run, job } = await own.api.learning.importModel(bringIn({ classes: names, name: 'Theirs' }))
    imported = run
    expect(await ended(job)).toMatchObject({ state: 'done', run })
  })

  test('is a finished classifier with its own order of classes, its places found, its accuracy measured', async () => {
    const run = await own.api.learning.run({ id: imported })
    expect(run).toMatchObject({
      ...{ name: 'Theirs', kind: 'classifier', state: 'done', preset: 'Imported', trainVideos: 0, testVideos: 8 },
      classes: ['pole', 'ball', 'pole + ball', 'nothing'],
      config: { kind: 'imported', source: file, taps: ['second_relu'], output: 'probabilities', size: 32, frames: 8 },
    })
    const [map] = (run.config as ImportedModelConfig).maps
    expect(map).toMatchObject({ name: 'second_relu', rows: 8, cols: 8, strideX: 4, offsetX: 1.5 })
    expect(run.headline.testAccuracy).toBeGreaterThanOrEqual(0)
    expect(run.headline.testConfidence).toBeGreaterThan(0.25)
    expect(await own.api.learning.metrics({ id: imported })).toEqual([])
  })

  test('does not need the files it was copied from', () => {
    const copied = join(project, 'runs', imported, 'model', 'files')
    expect(readFileSync(join(copied, 'weights.bin')).equals(readFileSync(join(dirname(file), 'weights.bin')))).toBe(
      true,
    )
    const about = JSON.parse(readFileSync(join(copied, '..', 'model.json'), 'utf8'))
    expect(about.meanColour).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)])
    rmSync(dirname(file), { recursive: true })
  })

  test('is explained: an explainer is trained on it and answers with cards, a mask check and a heat map', async () => {
    const { api } = own
    const config = ExplainerConfig.parse({ steps: 8, batch: 4 })
    const start = { kind: 'explainer' as const, preset: 'Custom', explains: imported, config }
    const { findings } = await api.learning.estimate(start)
    expect(findings.map(({ text }) => text).join('\n')).toMatch(/second_relu sees 7 of 32 pixels/)
    const { run, job } = await api.learning.start(start)
    explainer = run
    expect(await ended(job)).toMatchObject({ state: 'done' })
    const answer = await api.explanation.explain({ video, run, count: 2 })
    expect(answer.cards).toHaveLength(2)
    expect(answer.cards[0]?.tap).toBe('second_relu')
    expect(answer.prediction.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4)
    const [card] = answer.cards
    const check = await api.explanation.check({ video, run, tubes: [card!.tube] })
    expect(check.before).toEqual(answer.prediction.classes)
    // The mean colour of the videos, and not black, which is what 0 is to this model.
    expect(Math.min(...check.fillColor)).toBeGreaterThan(10)
    const { pos, neg } = answer
    expect((await api.explanation.heat({ video, run, pos, neg, attribute: card!.attribute })).values).toHaveLength(512)
    const second = await api.explanation.second({ video, run, pos, neg })
    expect(second).toMatchObject({ opinion: null, reason: expect.stringContaining('not known apart') })
    const options = { select: 'min', trim: false, tubes: 'iterate', maxTubes: 2 } as const
    expect((await api.explanation.explain({ video, run, options })).steps.length).toBeGreaterThan(0)
  })

  test('is evaluated beside every baseline; those that need its inner layers are named as left out', async () => {
    const baselines = EvaluationConfig.shape.baselines.unwrap().element.options
    const config = EvaluationConfig.parse({ pairs: 'all', maxPairs: 6, baselines, sanity: true })
    const { evaluation, job } = await own.api.evaluation.start({ run: explainer, config })
    expect(await ended(job)).toMatchObject({ state: 'done', failure: null })
    const { columns, notes } = await own.api.evaluation.get({ id: evaluation })
    const methods = columns.map(({ method }) => method)
    expect(methods).toEqual(expect.arrayContaining(['method', 'randomTube', 'occlusion', 'otherClip']))
    expect(methods).not.toContain('gradCam')
    expect(methods).not.toContain('networkRandomised')
    // WebAssembly has no gradient of the strided convolutions of this model.
    const lacksGradient = methods.includes('gradientInput') ? [] : [expect.stringMatching(/^Gradient x input: /)]
    expect(notes).toEqual([
      expect.stringMatching(/^Grad-CAM 3-D, .* not available for a model that was brought in/),
      ...lacksGradient,
      expect.stringMatching(/fresh network/),
    ])
  })

  test('keeps features of other weights apart', async () => {
    const keys = () => readdirSync(join(project, 'runs', imported, 'features'))
    const before = keys()
    expect(before).toHaveLength(1)
    const weights = join(project, 'runs', imported, 'model', 'files', 'weights.bin')
    const bytes = readFileSync(weights)
    bytes.writeFloatLE(bytes.readFloatLE(0) + 1, 0)
    writeFileSync(weights, bytes)
    // As a model whose files say so: weights that are not those of their hash are refused.
    const about = join(project, 'runs', imported, 'model', 'model.json')
    const said = JSON.parse(readFileSync(about, 'utf8')) as { sha256: Record<string, string> }
    said.sha256['files/weights.bin'] = createHash('sha256').update(bytes).digest('hex')
    writeFileSync(about, JSON.stringify(said))
    // A running worker keeps the model in memory and does not look at its files again.
    await own.studio.close()
    own = studioIn(host, join(folder.path, 'home'))
    await own.api.project.open({ path: project })
    const config = ExplainerConfig.parse({ steps: 2, batch: 4 })
    const { job } = await own.api.learning.start({ kind: 'explainer', preset: 'Custom', explains: imported, config })
    expect(await ended(job)).toMatchObject({ state: 'done' })
    expect(keys()).toHaveLength(2)
  })

  test('is nothing to begin training with, and says so', async () => {
    const config = ClassifierConfig.parse({ size: 32, stem: 4, widths: [4, 4, 4, 4] })
    const start = { kind: 'classifier' as const, preset: 'Custom', config, startFrom: imported }
    await expect(own.api.learning.start(start)).rejects.toMatchObject({
      code: 'BAD_SETTING',
      data: { reason: expect.stringContaining('Theirs was brought in') },
    })
  })

  test('may be a graph that knows some of the classes only: videos of the others are left out', async () => {
    const { api } = own
    const path = graphFile({ frames: 8, side: 32 })
    const names = ['pole', 'nothing']
    const { run, job } = await api.learning.importModel(
      bringIn({ path, classes: names, scale: '-1..1', name: 'Graph' }),
    )
    expect(await ended(job)).toMatchObject({ state: 'done' })
    const graph = await api.learning.run({ id: run })
    expect(graph).toMatchObject({ classes: names, config: { format: 'graph-model', output: 'logits', taps: ['relu'] } })
    const { rows: known } = await api.library.videos({ splits: ['test'] })
    const ids = (await api.library.classes()).filter(({ name }) => names.includes(name)).map(({ id }) => id)
    expect(graph.testVideos).toBe(known.filter((one) => one.class && ids.includes(one.class)).length)
    const config = ExplainerConfig.parse({ steps: 3, batch: 4 })
    const trained = await api.learning.start({ kind: 'explainer', preset: 'Custom', explains: run, config })
    expect(await ended(trained.job)).toMatchObject({ state: 'done' })
    expect((await api.explanation.explain({ video, run: trained.run, count: 1 })).cards).toHaveLength(1)
    const asked = EvaluationConfig.parse({ pairs: 'all', baselines: ['randomTube', 'gradientInput'] })
    const { evaluation, job: measuring } = await api.evaluation.start({ run: trained.run, config: asked })
    expect(await ended(measuring)).toMatchObject({ state: 'done' })
    const { columns, notes } = await api.evaluation.get({ id: evaluation })
    expect(columns.map(({ method }) => method)).toEqual(expect.arrayContaining(['method', 'gradientInput']))
    expect(notes).toEqual([])
  })

  test('that knows a class the project lacks makes it where that is asked for, and only then', async () => {
    const names = ['pole', 'ball', 'pole + ball', 'ring']
    const path = await layersFile({ ...shape, seed: 5 })
    const { run, job } = await own.api.learning.importModel(bringIn({ path, classes: names, createClasses: true }))
    expect(await ended(job)).toMatchObject({ state: 'done' })
    expect((await own.api.learning.run({ id: run })).name).toBe('imported 1')
    expect((await own.api.library.classes()).map(({ name }) => name)).toContain('ring')
  })
})

test('a network trained here, exported and brought in, lies where it lay and says what it said, cards included', async () => {
  const { api } = own
  // Classes without videos would stand in the way of training.
  for (const { id, train } of await api.library.classes()) if (train === 0) await api.library.removeClass({ id })
  const widths = [6, 6, 6, 6]
  const network = { size: 32, frames: 8, stem: 6, widths, poolAfter: ['stem', 'block1'], batch: 8, epochs: 4 }
  const config = ClassifierConfig.parse(network)
  const trained = await api.learning.start({ kind: 'classifier', preset: 'Custom', name: 'Ours', config })
  expect(await ended(trained.job)).toMatchObject({ state: 'done' })
  const folder = join(project, 'runs', trained.run, 'model')
  const { scale } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
  const ours = await api.learning.run({ id: trained.run })
  const { run, job } = await api.learning.importModel(
    bringIn({ path: await exportedFile(folder), name: 'Ours again', classes: ours.classes, scale: 'custom', ...scale }),
  )
  expect(await ended(job)).toMatchObject({ state: 'done' })
  const theirs = await api.learning.run({ id: run })
  expect(theirs.headline.testAccuracy).toBe(ours.headline.testAccuracy)
  const { maps, output } = theirs.config as ImportedModelConfig
  expect(output).toBe('logits')
  expect(maps.map(({ name }) => name)).toEqual(['block4.conv2.relu', 'block4.conv1.relu'])
  const expected = tapGeometry(layerList(config), 'block4.conv2', 32)
  const { name: _, receptiveField, ...places } = maps[0]!
  expect(expected).toMatchObject(places)
  expect(receptiveField.space).toBeLessThanOrEqual(expected.receptiveField.space)
  const { rows } = await api.library.videos({ splits: ['test'] })
  const [video] = rows
  const said = async (id: RunId) => {
    const settings = ExplainerConfig.parse({ steps: 12, batch: 4, featurePrecision: 'fp32' })
    const start = { kind: 'explainer' as const, preset: 'Custom', explains: id, config: settings }
    const explainer = await api.learning.start(start)
    expect(await ended(explainer.job)).toMatchObject({ state: 'done' })
    const { prediction, cards } = await api.explanation.explain({ video: video!.id, run: explainer.run, count: 3 })
    return {
      classes: prediction.classes.map(({ name, probability }) => [name, expect.closeTo(probability, 3)]),
      cards: cards.map(({ name, score, tube }) => ({ name, score: expect.closeTo(score, 2), tube })),
      plain: { classes: prediction.classes, cards },
    }
  }
  const [a, b] = [await said(trained.run), await said(run)]
  expect(b.plain.classes.map(({ name, probability }) => [name, probability])).toEqual(a.classes)
  expect(b.plain.cards.map(({ name, score, tube }) => ({ name, score, tube }))).toEqual(a.cards)
})
