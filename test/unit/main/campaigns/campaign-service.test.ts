import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { CampaignSettings } from '@shared/config/campaign'
import { Campaign } from '@shared/contract/campaign-words'
import { CreateCampaign } from '@shared/contract/campaigns'
import { type CampaignOfTest, aWorker, campaignsOfTest, said } from '../../../support/campaigns'

const ann = aWorker('ann')
let here: CampaignOfTest
beforeEach(() => (here = campaignsOfTest()))
afterEach(() => here.remove())

const draft = (more: object = {}) =>
  here.campaigns.service.create(owner, CreateCampaign.parse({ name: 'moves', kind: 'attributes', ...more }))

test('a draft says how much it would ask, and asks nobody', async () => {
  const { id, progress, attributes } = await draft({ filter: { splits: ['test'] } })
  expect(progress).toMatchObject({ items: 2, wanted: 6, answers: 0 })
  expect(attributes).toEqual(here.words)
  expect(await here.campaigns.queue.next(ann, id)).toMatchObject({ is: 'paused' })
  expect(here.campaigns.queue.mine(ann)).toEqual([])
})

test('what a campaign says of itself is what the contract promises', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  here.wait(7)
  await here.campaigns.queue.submit(ann, { item: task.item, answers: said(task) })
  await here.next(ann, id)
  const told = await here.campaigns.service.get(owner, id)
  expect(Campaign.parse(told)).toEqual(told)
  expect(told.progress).toMatchObject({ inHand: 1, medianSeconds: 7, answers: 1 })
})

test('a frozen campaign keeps its videos; a growing one takes in those that match later', async () => {
  const [frozen, growing] = [await here.open(), await here.open({ videos: 'growing' })]
  here.build.video({ name: 'clip 9' })
  const { service } = here.campaigns
  here.wait(3)
  // What a change of the library is heard as.
  here.campaigns.mayGrow()
  const fresh = campaignsCount(await service.get(owner, frozen), await service.get(owner, growing))
  expect(fresh).toEqual([4, 4])
})

const campaignsCount = (...list: { progress: { items: number } }[]) => list.map(({ progress }) => progress.items)

test('answers wanted may be changed while it runs; videos and words may not', async () => {
  const id = await here.open({ settings: { answersWanted: 1, goldEvery: 0 } })
  const { service, queue } = here.campaigns
  const task = await here.next(ann, id)
  await queue.submit(ann, { item: task.item, answers: said(task) })
  const changed = await service.change(owner, { id, settings: { answersWanted: 4 } })
  expect(changed.settings).toEqual(CampaignSettings.parse({ answersWanted: 4, goldEvery: 0 }))
  expect(changed.progress).toMatchObject({ wanted: 16, answers: 1, byAnswers: [{ items: 3 }, { items: 1 }] })
  await expect(service.change(owner, { id, attributes: here.words })).rejects.toMatchObject({ code: 'CAMPAIGN_STATE' })
})

test('a campaign that would ask nothing is not opened, and says what to change', async () => {
  const { id } = await draft({ filter: { text: 'no such clip' } })
  const { service } = here.campaigns
  await expect(service.setState(owner, id, 'open')).rejects.toMatchObject({ code: 'CAMPAIGN_EMPTY' })
  await expect(service.setState(owner, id, 'paused')).rejects.toMatchObject({ code: 'CAMPAIGN_STATE' })
  await service.change(owner, { id, filter: CreateCampaign.shape.filter.parse({}) })
  expect(await service.setState(owner, id, 'open')).toMatchObject({ state: 'open', progress: { items: 4 } })
})

test('annotators see guidelines of what was opened, and nothing else of a campaign', async () => {
  const { id } = await draft({ guidelines: '# Knees\n\n**bent** is under 120 degrees' })
  const { service, review } = here.campaigns
  const refused = expect.objectContaining({ code: 'NOT_ALLOWED' })
  expect(() => service.guidelines(ann, id)).toThrow(refused)
  await service.setState(owner, id, 'open')
  expect(service.guidelines(ann, id).html).toContain('<strong>bent</strong>')
  await expect(service.get(ann, id)).rejects.toEqual(refused)
  await expect(service.list(ann)).rejects.toEqual(refused)
  expect(() => review.items(ann, { id, only: 'all', offset: 0, limit: 1 })).toThrow(refused)
  expect(() => review.given(ann, here.project.repositories.campaigns.items(id)[0]?.id ?? ('' as never))).toThrow(
    refused,
  )
})

test('where a campaign has no guidelines of its own, the project says how to answer', async () => {
  const { id } = await draft({ guidelines: ' ' })
  const { service } = here.campaigns
  expect(service.guidelines(owner, id)).toEqual({ html: '', of: 'project' })
  here.project.repositories.project.setGuidelines('As *everywhere*.')
  expect(service.guidelines(owner, id)).toEqual({ html: '<p>As <em>everywhere</em>.</p>\n', of: 'project' })
  await service.change(owner, { id, guidelines: 'Look twice.' })
  expect(service.guidelines(owner, id)).toEqual({ html: '<p>Look twice.</p>\n', of: 'campaign' })
})

test('a campaign that is removed leaves the answers with those who gave them', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  await here.campaigns.queue.submit(ann, { item: task.item, answers: said(task) })
  await here.campaigns.service.remove(owner, id)
  await expect(here.campaigns.service.get(owner, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(here.project.repositories.answers.ofVideo(task.video.id)).toHaveLength(2)
})

test('a video leads to the guidelines of what asks about it, once that was opened', async () => {
  const [{ id: said }, { id: silent }] = [
    await draft({ name: 'Knees', guidelines: '# Knees' }),
    await draft({ name: 'Feet', guidelines: '  ' }),
  ]
  const { service } = here.campaigns
  const video = here.project.repositories.videos.all()[0]!.id
  expect(service.explained(video)).toEqual([])
  for (const id of [said, silent]) await service.setState(owner, id, 'open')
  expect(service.explained(video)).toEqual([{ id: said, name: 'Knees' }])
})

test('a picture of the guidelines is looked at before it is kept', async () => {
  const { id } = await draft({ guidelines: '' })
  const { service } = here.campaigns
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).toString('base64')
  const { markdown } = await service.addPicture(owner, id, png)
  await service.change(owner, { id, guidelines: `so: ${markdown}` })
  expect(service.guidelines(owner, id).html).toContain(`src="data:image/png;base64,${png}"`)
  const svg = Buffer.from('<svg onload="alert(1)"/>').toString('base64')
  await expect(service.addPicture(owner, id, svg)).rejects.toMatchObject({ code: 'PICTURE_UNUSABLE' })
})
