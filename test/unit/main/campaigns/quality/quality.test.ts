import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { Quality } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import type { CampaignId } from '@shared/ids'
import { type CampaignOfTest, aWorker, campaignsOfTest, said } from '../../../../support/campaigns'

const names = ['ann', 'ben', 'cat', 'dan']
const people = names.map((name) => aWorker(name))

let here: CampaignOfTest
let id: CampaignId
beforeEach(async () => {
  here = campaignsOfTest({ videos: 12, words: ['pole', 'ball', 'ring'] })
  // Gold says of the first two clips that everything is there.
  for (const video of here.videos.slice(0, 2)) for (const word of here.words) here.build.label(video, word)
  id = await here.open({ settings: { goldEvery: 4, answersWanted: 4 } })
  await here.campaigns.review.setGold(owner, id, { videos: here.videos.slice(0, 2), isGold: true })
})
afterEach(() => here.remove())

/** What is true of a clip: everything of gold, else by its number. */
function truth(video: string, word: string): LabelValue {
  const number = here.videos.findIndex((one) => one === video)
  if (number < 2) return 'present'
  return (number + ['pole', 'ball', 'ring'].indexOf(word)) % 3 === 0 ? 'present' : 'absent'
}

/** Three look and take their time; the fourth says absent to everything at once. */
async function everybodyAnswers() {
  for (const actor of people)
    for (let next = await here.campaigns.queue.next(actor, id); next.is === 'task';) {
      const { task } = next
      const isHasty = actor.name === 'dan'
      here.wait(isHasty ? 1 : 20 + names.indexOf(actor.name))
      const answers = said(task, (word) => (isHasty ? 'absent' : truth(task.video.id, word)))
      await here.campaigns.queue.submit(actor, { item: task.item, answers })
      next = await here.campaigns.queue.next(actor, id)
    }
}

test('agreement is told over all, by word and over time, and who stands in its way', async () => {
  await everybodyAnswers()
  const quality = here.campaigns.results.quality(owner, id)
  expect(Quality.parse(quality)).toEqual(quality)
  expect(quality.overall.alpha).toBeGreaterThan(0.3)
  expect(quality.overall.alpha).toBeLessThan(0.8)
  expect(quality.overall.plusMinus).toBeGreaterThan(0)
  expect(quality.without).toEqual([{ person: 'dan', name: 'dan', alpha: 1 }])
  expect(quality.attributes.map(({ name }) => name)).toEqual(['pole', 'ball', 'ring'])
  expect(quality.attributes.every(({ differing, unsure }) => differing > 0 && unsure === 0)).toBe(true)
  expect(quality.overTime).toHaveLength(10)
  expect(quality.clipSeconds).toBe(3)
})

test('whoever clicks through is seen at a glance: too quick, the same to everything, wrong on gold', async () => {
  await everybodyAnswers()
  const { annotators } = here.campaigns.results.quality(owner, id)
  const of = (name: string) => annotators.find((one) => one.name === name)
  expect(of('ann')).toMatchObject({ answered: 12, gold: 1, goldSeen: 2, goldItems: 2, flags: [] })
  expect(of('ann')?.seconds).toEqual({ low: 20, median: 20, high: 20 })
  expect(of('dan')).toMatchObject({ gold: 0, seconds: { median: 1 } })
  expect(of('dan')?.flags.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['tooQuick', 'tooUniform']))
  expect(of('dan')?.flags[1]?.why).toBe('12 of 12 items were answered “absent” to every word.')
  const alike = (name: string) => of(name)?.withOthers ?? 0
  expect(alike('ann')).toBeGreaterThan(alike('dan') + 0.2)
  expect(of('ann')?.reliability).toBeGreaterThan((of('dan')?.reliability ?? 1) + 0.2)
})

test('whoever is left out no longer counts, and is still shown', async () => {
  await everybodyAnswers()
  await here.campaigns.review.leaveOut(owner, id, { person: people[3]?.id ?? ('' as never), leftOut: true })
  const { overall, annotators } = here.campaigns.results.quality(owner, id)
  expect(overall.alpha).toBe(1)
  const dan = annotators.find(({ name }) => name === 'dan')
  expect(dan).toMatchObject({ leftOut: true, answered: 12 })
  expect(dan?.withOthers).toBeLessThan(0.7)
})

test('the numbers of the data set have the agreement beside them', async () => {
  await everybodyAnswers()
  const statistics = here.campaigns.results.statistics(owner, id)
  expect(statistics).toMatchObject({
    ...{ videos: { train: 6, test: 6, none: 0 }, classes: 1, attributes: 3, annotators: 4, answers: 48 },
    ...{ answersPerItem: 4, boxes: { train: 0, test: 0 }, iou: null, decided: 0 },
  })
  expect(statistics.alpha).toBe(here.campaigns.results.quality(owner, id).overall.alpha)
  expect(statistics.hours).toBeCloseTo((12 * (20 + 21 + 22 + 1)) / 3600)
  expect(statistics.attributesPerVideo).toBeGreaterThan(1)
})
