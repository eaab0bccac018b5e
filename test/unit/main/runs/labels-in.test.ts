import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { ConsensusRule } from '@shared/config/campaign'
import { ExplainerConfig } from '@shared/config/explainer'
import type { LabelValue } from '@shared/contract/library'
import { type AttributeId, type CampaignId, TrackId, type VideoId } from '@shared/ids'
import { Bundles } from '@main/runs/bundles'
import { type CampaignOfTest, aWorker, campaignsOfTest, said } from '../../../support/campaigns'
import { aKeyframe } from '../../../support/project'
import { aRun } from '../../../support/runs'

const people = ['ann', 'ben', 'cat'].map((name) => aWorker(name))
const majority = ConsensusRule.parse({ method: 'majority', sure: 0.6 })

let here: CampaignOfTest
beforeEach(() => (here = campaignsOfTest({ videos: 1, words: ['pole', 'ball', 'ring'] })))
afterEach(() => {
  here.campaigns.close()
  here.remove()
})

const video = () => here.videos[0] as VideoId
const word = (i: number) => here.words[i] as AttributeId

const itemOf = (id: CampaignId) => here.project.repositories.campaigns.items(id)[0]!.id

async function answered(id: CampaignId, values: readonly ((name: string) => LabelValue)[]) {
  for (const [i, value] of values.entries()) {
    const actor = people[i] ?? owner
    const task = await here.next(actor, id)
    await here.campaigns.queue.submit(actor, { item: task.item, answers: said(task, value) })
  }
}

/** What a run of these settings is sent of the one training video. */
async function rowOf(config: object, asked?: { layer: string; leastSure: number }) {
  const { repositories, folder } = here.project
  const classes = repositories.classes.rows().map(({ id, name }) => ({ id, name }))
  const attributes = repositories.attributes.rows().map(({ id, name }) => ({ id, name }))
  const run = aRun({ kind: 'explainer', classes, attributes, config: ExplainerConfig.parse(config) })
  repositories.runs.create(run)
  const bundles = new Bundles(repositories, folder, here.campaigns.layers)
  return (await bundles.ofRun(run.id, undefined, asked)).rows.train[0]
}

test('a run takes what people say today, or the layer of a campaign where it says something', async () => {
  const id = await here.open({ attributes: [word(0), word(1)], settings: { goldEvery: 0 } })
  await answered(id, [
    (name) => (name === 'pole' ? 'present' : 'absent'),
    (name) => (name === 'pole' ? 'present' : 'absent'),
    () => 'present',
  ])
  // Since then they have changed their minds, and somebody has answered a word that was not asked about.
  for (const { id: person } of people)
    for (const attribute of [word(0), word(1)])
      here.project.repositories.answers.set({ video: video(), attribute, person }, { value: 'unsure', at: 1 })
  here.build.label(video(), word(2))
  await here.campaigns.service.consolidate(owner, id, majority)
  expect(await rowOf({})).toMatchObject({ assigned: [2], unsure: [0, 1] })
  expect(await rowOf({})).not.toHaveProperty('sure')
  const ofLayer = await rowOf({ layer: 'moves' })
  expect(ofLayer).toMatchObject({ assigned: [0, 2], unsure: [], sources: { 0: 'consensus', 2: 'person' } })
  expect(ofLayer?.sure?.[1]).toBeCloseTo(2 / 3)
  expect(ofLayer?.sure).not.toHaveProperty('0')
})

test('a measurement may take less sure labels as unsure', async () => {
  const id = await here.open({ settings: { goldEvery: 0 } })
  await answered(id, [() => 'present', (name) => (name === 'pole' ? 'present' : 'absent'), () => 'present'])
  await here.campaigns.service.consolidate(owner, id, majority)
  expect(await rowOf({}, { layer: 'moves', leastSure: 0 })).toMatchObject({ assigned: [0, 1, 2] })
  expect(await rowOf({}, { layer: 'moves', leastSure: 0.9 })).toMatchObject({ assigned: [0], unsure: [1, 2] })
})

test('an answer that came since is in the layer that a run takes', async () => {
  const id = await here.open({ settings: { goldEvery: 0 } })
  await answered(id, [() => 'present', () => 'absent'])
  await here.campaigns.service.consolidate(owner, id, majority)
  expect(await rowOf({ layer: id })).toMatchObject({ assigned: [], unsure: [0, 1, 2] })
  const task = await here.next(people[2] ?? owner, id)
  await here.campaigns.queue.submit(people[2] ?? owner, { item: task.item, answers: said(task, 'present') })
  expect(await rowOf({ layer: id })).toMatchObject({ assigned: [0, 1, 2], unsure: [] })
})

test('boxes of a video that a campaign boxed are those of its layer', async () => {
  here.build.label(video(), word(0))
  here.build.track(video(), word(0), [aKeyframe(0, 200)])
  here.build.track(video(), word(1), [aKeyframe(0, 100)])
  const id = await here.open({ kind: 'boxes', attributes: [word(0)], settings: { goldEvery: 0 } })
  const { tracks } = here.project.repositories
  for (const [i, { id: person }] of people.entries()) {
    const track = { id: TrackId.parse(`of ${person}`), video: video(), attribute: word(0), person }
    tracks.putAll([{ ...track, kind: 'attribute', source: 'person', keyframes: [aKeyframe(0, i)] }])
  }
  await answered(id, [() => 'present', () => 'present', () => 'present'])
  await here.campaigns.service.consolidate(owner, id)
  const boxed = (row: Awaited<ReturnType<typeof rowOf>>) =>
    row?.tracks.map(({ attribute, keyframes }) => [attribute, keyframes[0]?.box.x1])
  expect(boxed(await rowOf({}))).toEqual([
    [0, 200],
    [1, 100],
  ])
  expect(boxed(await rowOf({ layer: 'moves' }))).toEqual([
    [0, 1],
    [1, 100],
  ])
  // Two of three drew it once the third has taken theirs back.
  tracks.remove(TrackId.parse('of cat'))
  await here.campaigns.queue.submit(people[2] ?? owner, { item: itemOf(id), answers: {} })
  expect(boxed(await rowOf({}, { layer: 'moves', leastSure: 0.6 }))).toEqual([
    [0, 0.5],
    [1, 100],
  ])
  expect(boxed(await rowOf({}, { layer: 'moves', leastSure: 0.7 }))).toEqual([[1, 100]])
})

test('a layer that is not there, or not made yet, is said before anything starts', async () => {
  await here.open()
  const bundles = new Bundles(here.project.repositories, here.project.folder, here.campaigns.layers)
  const refused = (layer: string) => () => bundles.layerOf(ExplainerConfig.parse({ layer }))
  expect(refused('movse')).toThrow(expect.objectContaining({ code: 'UNKNOWN_NAME' }))
  expect(refused('moves')).toThrow(expect.objectContaining({ code: 'CAMPAIGN_STATE' }))
  expect(refused('')).not.toThrow()
})

test('known boxes of a gold clip that nobody answered yet are there once', async () => {
  here.build.label(video(), word(0))
  here.build.track(video(), word(0), [aKeyframe(0, 200)])
  const id = await here.open({ kind: 'boxes', attributes: [word(0)], settings: { goldEvery: 0 } })
  await here.campaigns.review.setGold(owner, id, { videos: [video()], isGold: true })
  await here.campaigns.service.consolidate(owner, id)
  expect((await rowOf({ layer: 'moves' }))?.tracks).toMatchObject([{ keyframes: [{ box: { x1: 200 } }] }])
})

test('a question to a model whose layer is gone is told what people say today', async () => {
  const id = await here.open({ settings: { goldEvery: 0 } })
  await answered(id, [() => 'present', () => 'present', () => 'absent'])
  await here.campaigns.service.consolidate(owner, id, majority)
  for (const { id: person } of people)
    here.project.repositories.answers.set({ video: video(), attribute: word(0), person }, { value: 'absent', at: 1 })
  const { repositories, folder } = here.project
  const attributes = repositories.attributes.rows().map(({ id: of, name }) => ({ id: of, name }))
  const run = aRun({ kind: 'explainer', attributes, config: ExplainerConfig.parse({ layer: 'moves' }) })
  repositories.runs.create(run)
  const bundles = new Bundles(repositories, folder, here.campaigns.layers)
  const shown = () => bundles.ofQuestion(video(), run.id).row.assigned
  expect(shown()).toEqual([0, 1, 2])
  await here.campaigns.service.undoConsolidation(owner, id)
  expect(shown()).toEqual([1, 2])
  await here.campaigns.service.remove(owner, id)
  expect(shown()).toEqual([1, 2])
})
