import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { owner } from '@shared/actor'
import { ConsensusRule } from '@shared/config/campaign'
import { Disagreement, SideBySide } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import { type AttributeId, type CampaignId, TrackId, type VideoId } from '@shared/ids'
import { removeAttribute } from '@main/edits/library/attributes'
import { removeVideos } from '@main/edits/library/videos'
import { aKeyframe } from '../../../../support/project'
import { type CampaignOfTest, aWorker, campaignsOfTest, said } from '../../../../support/campaigns'

const [ann, ben, cat, rae] = [aWorker('ann'), aWorker('ben'), aWorker('cat'), aWorker('rae', 'reviewer')]
const majority = ConsensusRule.parse({ method: 'majority', sure: 0.6 })

let here: CampaignOfTest
let id: CampaignId
beforeEach(async () => {
  here = campaignsOfTest({ videos: 1 })
  id = await here.open({ settings: { goldEvery: 0, answersWanted: 3 } })
})
afterEach(() => {
  here.campaigns.close()
  here.remove()
})

/** Everybody answers their next item. */
async function answer(...says: [typeof ann, (word: string) => LabelValue][]) {
  for (const [actor, value] of says) {
    const task = await here.next(actor, id)
    await here.campaigns.queue.submit(actor, { item: task.item, answers: said(task, value) })
  }
}

const always = (value: LabelValue) => () => value
const both = (pole: LabelValue, ball: LabelValue) => (word: string) => (word === 'pole' ? pole : ball)
const first = () => here.videos[0] as VideoId
const [word, other] = [() => here.words[0] as AttributeId, () => here.words[1] as AttributeId]
/** In the order of the words. */
const values = (video = first()) => {
  const { labels } = here.campaigns.layers.ofVideo(owner, id, video)
  const place = ({ attribute }: (typeof labels)[number]) => here.words.indexOf(attribute)
  return labels.toSorted((a, b) => place(a) - place(b)).map(({ attribute, value }) => [attribute, value])
}

test('three answers are made one, with those it was made of; undo takes it back, answers and all else stay', async () => {
  await answer([ann, both('present', 'absent')], [ben, both('present', 'unsure')], [cat, both('absent', 'unsure')])
  const before = here.project.repositories.answers.ofVideo(first())
  const { layer } = await here.campaigns.service.consolidate(rae, id, majority)
  expect(layer).toMatchObject({ labels: 2, tracks: 0, open: 0, rule: majority })
  expect(values()).toEqual([
    [word(), 'present'],
    [other(), 'unsure'],
  ])
  const [label] = here.campaigns.layers.ofVideo(owner, id, first()).labels
  expect(label?.answers.map(({ person, value }) => [person, value])).toEqual([
    ['ann', 'present'],
    ['ben', 'present'],
    ['cat', 'absent'],
  ])
  expect(label?.sure).toBeCloseTo(2 / 3)
  const undone = await here.campaigns.service.undoConsolidation(rae, id)
  expect([undone.layer, values()]).toEqual([null, []])
  expect(here.project.repositories.answers.ofVideo(first())).toEqual(before)
})

test('undo goes back to the layer before, by its rule', async () => {
  await answer([ann, always('present')], [ben, always('present')], [cat, always('absent')])
  await here.campaigns.service.consolidate(rae, id, majority)
  await here.campaigns.service.consolidate(rae, id, { ...majority, sure: 0.9 })
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'unsure']))
  await here.campaigns.service.undoConsolidation(rae, id)
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'present']))
})

test('an answer that comes late is worked in, and so is one that is left out', async () => {
  await answer([ann, always('present')], [ben, always('absent')])
  await here.campaigns.service.consolidate(rae, id, majority)
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'unsure']))
  await answer([cat, always('absent')])
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'absent']))
  await here.campaigns.review.leaveOut(rae, id, { person: ben.id, leftOut: true })
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'unsure']))
})

test('ties and what too few answered go to a reviewer, least sure first; what they decide stands, and can be undone', async () => {
  await answer([ann, both('present', 'absent')], [ben, both('absent', 'absent')])
  const { service, results } = here.campaigns
  const { layer } = await service.consolidate(rae, id, { ...majority, minAnswers: 3 })
  expect(layer?.open).toBe(2)
  const waiting = results.disagreements(rae, id, false)
  expect(waiting.map(({ attributeName, why, sure }) => [attributeName, why, sure])).toEqual([
    ['pole', 'tie', 0.5],
    ['ball', 'few', 1],
  ])
  expect(z.array(Disagreement).parse(waiting)).toEqual(waiting)
  const [tie] = waiting
  expect(tie).toMatchObject({ value: null, shares: { present: 0.5, absent: 0.5 }, decision: null })
  await results.decide(rae, { item: tie?.item ?? ('' as never), attribute: word(), value: 'present' })
  expect(values()).toContainEqual([word(), 'present'])
  expect(results.disagreements(rae, id, false)).toHaveLength(1)
  expect(results.disagreements(rae, id, true)[0]?.decision).toMatchObject({ value: 'present', by: 'rae' })
  expect(await results.undo(rae, id)).toEqual({ label: 'Decide that pole is present' })
  expect(values()).toContainEqual([word(), 'unsure'])
  await results.redo(rae, id)
  expect(values()).toContainEqual([word(), 'present'])
})

test('annotators neither see nor make any of it', async () => {
  const { service, results, layers } = here.campaigns
  const refused = { code: 'NOT_ALLOWED' }
  await expect(service.consolidate(ann, id)).rejects.toMatchObject(refused)
  await expect(service.undoConsolidation(ann, id)).rejects.toMatchObject(refused)
  expect(() => results.quality(ann, id)).toThrow(expect.objectContaining(refused))
  expect(() => results.disagreements(ann, id, true)).toThrow(expect.objectContaining(refused))
  expect(() => layers.ofVideo(ann, id, first())).toThrow(expect.objectContaining(refused))
  expect(() => results.export(rae, id, '/nowhere')).toThrow(expect.objectContaining(refused))
})

test('boxes of several people become their median; what one alone drew waits for a reviewer', async () => {
  const [pole] = here.words
  if (!pole) throw new Error('no word')
  here.build.label(first(), pole)
  id = await here.open({ kind: 'boxes', settings: { goldEvery: 0 } })
  const drawn = (x: number) => [aKeyframe(0, x), aKeyframe(80, x + 40)]
  const { tracks } = here.project.repositories
  const draw = (actor: typeof ann, x: number) => {
    const track = { id: TrackId.parse(`of ${actor.id} at ${x}`), video: first(), attribute: pole, person: actor.id }
    tracks.putAll([{ ...track, kind: 'attribute', source: 'person', keyframes: drawn(x) }])
  }
  draw(ann, 10)
  draw(ben, 12)
  draw(cat, 11)
  draw(cat, 200)
  await answer([ann, always('present')], [ben, always('present')], [cat, always('present')])
  const { service, results, layers } = here.campaigns
  const { layer } = await service.consolidate(rae, id)
  expect(layer).toMatchObject({ tracks: 1, open: 1 })
  const [median] = layers.ofVideo(rae, id, first()).tracks
  expect(median?.keyframes.map(({ frame, box }) => [frame, box.x1])).toEqual([
    [0, 11],
    [80, 51],
    [89, 51],
  ])
  expect(median?.members.map(({ person }) => person).sort()).toEqual(['ann', 'ben', 'cat'])
  const [waiting] = results.disagreements(rae, id, false)
  expect(waiting).toMatchObject({ about: 'boxes', why: 'unmatched', attribute: pole })
  const item = waiting?.item ?? ('' as never)
  const shown = results.sideBySide(rae, item)
  expect(SideBySide.parse(shown)).toEqual(shown)
  expect(shown.people.map(({ name, tracks: own }) => [name, own.length])).toEqual([
    ['ann', 1],
    ['ben', 1],
    ['cat', 2],
  ])
  const shared = shown.objects.find(({ members }) => members.length === 3)
  expect(shared?.pairs).toHaveLength(3)
  expect(Math.min(...(shared?.pairs ?? []).map(({ iou }) => iou))).toBeGreaterThan(0.6)
  await results.decideBoxes(rae, { item, attribute: pole, take: { person: cat.id } })
  expect(layers.ofVideo(rae, id, first()).tracks.map(({ decided, sure }) => [decided, sure])).toEqual([
    [true, 1],
    [true, 1],
  ])
  expect(results.disagreements(rae, id, false)).toEqual([])
})

test('of a gold item what is known is right, whatever people say of it: it waits for nobody', async () => {
  await answer([ann, always('present')], [ben, always('absent')])
  const { service, results, review } = here.campaigns
  expect((await service.consolidate(rae, id, majority)).layer).toMatchObject({ labels: 2, open: 2 })
  for (const attribute of here.words)
    here.project.repositories.answers.set({ video: first(), attribute, person: rae.id }, { value: 'absent', at: 1 })
  await review.setGold(rae, id, { videos: [first()], isGold: true })
  expect(results.disagreements(rae, id, true)).toEqual([])
  expect((await service.get(rae, id)).layer).toMatchObject({ labels: 2, open: 0 })
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'absent']))
  await review.setGold(rae, id, { videos: [first()], isGold: false })
  expect(values()).toEqual(here.words.map((attribute) => [attribute, 'unsure']))
})

test('words and boxes are asked together from the first answer to the layer, and boxes are those of who saw it', async () => {
  id = await here.open({ kind: 'both', settings: { goldEvery: 0, answersWanted: 3, method: 'majority', sure: 0.6 } })
  const draw = (actor: typeof ann, attribute: AttributeId, x: number) => {
    const track = { id: TrackId.parse(`${actor.id} ${attribute}`), video: first(), attribute, person: actor.id }
    const keyframes = [aKeyframe(0, x), aKeyframe(80, x + 40)]
    here.project.repositories.tracks.putAll([{ ...track, kind: 'attribute', source: 'person', keyframes }])
  }
  for (const [actor, x] of [
    [ann, 10],
    [ben, 12],
    [cat, 11],
  ] as const)
    draw(actor, word(), x)
  // Ben draws a ball and then says there is none.
  draw(ben, other(), 100)
  const { service, results, layers } = here.campaigns
  await answer([ann, both('present', 'absent')], [ben, both('present', 'absent')], [cat, both('present', 'unsure')])
  const { layer, progress } = await service.consolidate(rae, id)
  expect(progress).toMatchObject({ answers: 3, wanted: 3 })
  expect(layer).toMatchObject({ labels: 2, tracks: 1, open: 0 })
  expect(values()).toEqual([
    [word(), 'present'],
    [other(), 'absent'],
  ])
  const [median] = layers.ofVideo(rae, id, first()).tracks
  expect([median?.attribute, median?.keyframes[0]?.box.x1, median?.members.length]).toEqual([word(), 11, 3])
  const { alpha, iou } = results.statistics(rae, id)
  expect([alpha === null, (iou ?? 0) > 0.6]).toEqual([false, true])
  await service.undoConsolidation(rae, id)
  expect(layers.ofVideo(rae, id, first())).toEqual({ labels: [], tracks: [] })
})

test('a word or a video that goes is in the layer no more, and is in it again when it comes back', async () => {
  await answer([ann, always('present')], [ben, always('present')], [cat, always('present')])
  await here.campaigns.service.consolidate(owner, id, majority)
  const labels = async () => (await here.campaigns.service.get(owner, id)).layer?.labels
  const edits = [removeAttribute.of({ id: word() }), removeVideos.of({ videos: [first()] })]
  const seen: unknown[] = [await labels()]
  for (const edit of edits) {
    const { history } = here.project
    await here.project.write(() => history.do({ scope: 'library', person: owner.id }, edit))
    here.campaigns.mayGrow()
    seen.push(await labels())
    await here.project.write(() => history.undo({ scope: 'library', person: owner.id }))
    here.campaigns.mayGrow()
    seen.push(await labels())
  }
  expect(seen).toEqual([2, 1, 2, 0, 2])
})
