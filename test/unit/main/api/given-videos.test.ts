import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkGiven } from '@main/api/given-videos'
import { Origin } from '@main/hosts/origin'
import { type Actor, owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { PictureId } from '@shared/ids'
import { type CampaignOfTest, aWorker, campaignsOfTest, said } from '../../../support/campaigns'

const [ann, rae] = [aWorker('ann'), aWorker('rae', 'reviewer')]

let here: CampaignOfTest
beforeEach(() => (here = campaignsOfTest()))
afterEach(() => here.remove())

/** Whether somebody gets through to a procedure. */
function reaches(actor: Actor, name: string, input: unknown = undefined): boolean {
  try {
    checkGiven(() => here.campaigns, { actor, path: name.split('.'), input })
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'NOT_ALLOWED' })
    return false
  }
}

test('where nothing is asked in a campaign, annotators label what they like', async () => {
  expect(reaches(ann, 'library.videos', {})).toBe(true)
  expect(reaches(ann, 'annotation.setLabel', { video: here.videos[0] })).toBe(true)
})

test('once a project asks in campaigns, an annotator reaches what they were given, and nothing else', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  const other = here.videos.find((video) => video !== task.video.id)
  const asked = (video: unknown) => [
    reaches(ann, 'annotation.get', { video }),
    reaches(ann, 'annotation.createTrack', { video }),
    reaches(ann, 'library.video', { id: video }),
  ]
  expect(asked(task.video.id)).toEqual([true, true, true])
  expect(asked(other)).toEqual([false, false, false])
  for (const name of [
    'system.engine',
    'library.videos',
    'library.facets',
    'library.place',
    'work.enterQueue',
    'explanation.explain',
  ])
    expect([name, reaches(ann, name, {})]).toEqual([name, false])
  for (const name of ['campaigns.next', 'campaigns.guidelines', 'people.me', 'system.changes', 'library.attributes'])
    expect([name, reaches(ann, name, {})]).toEqual([name, true])
  expect([reaches(rae, 'library.videos', {}), reaches(owner, 'annotation.get', { video: other })]).toEqual([true, true])
})

test('that ends with the campaign, also for what was given', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  await here.campaigns.queue.submit(ann, { item: task.item, answers: said(task) })
  expect(reaches(ann, 'annotation.get', { video: task.video.id })).toBe(true)
  await here.campaigns.service.setState(owner, id, 'closed')
  expect(reaches(ann, 'annotation.get', { video: task.video.id })).toBe(false)
  expect(reaches(ann, 'library.videos', {})).toBe(false)
  expect(here.campaigns.queue.mine(ann)).toMatchObject([{ id, state: 'closed', done: 1 }])
})

test('a clip that is held when its campaign is closed can be finished, as long as it is held', async () => {
  const id = await here.open({ settings: { goldEvery: 0, minutesPerItem: 10 } })
  const task = await here.next(ann, id)
  await here.campaigns.service.setState(owner, id, 'closed')
  expect(reaches(ann, 'annotation.createTrack', { video: task.video.id })).toBe(true)
  here.wait(601)
  expect(reaches(ann, 'annotation.createTrack', { video: task.video.id })).toBe(false)
})

test('films and pictures are shown to whom they were given', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  const other = here.videos.find((video) => video !== task.video.id)
  const media = () => ({
    proxy: () => '/none',
    poster: () => '/none',
    strip: () => '/none',
    picture: () => new Uint8Array([7]),
    frame: async () => new Uint8Array(),
  })
  const origin = new Origin('/renderer', media, (actor, video) => here.campaigns.mayReach(actor, video))
  const status = async (actor: Actor, video: unknown) =>
    (await origin.answer({ pathname: `/media/${String(video)}/frames/0.png`, range: null, actor })).status
  expect([await status(ann, task.video.id), await status(ann, other), await status(rae, other)]).toEqual([
    200, 403, 200,
  ])
})

test('the pictures of words are shown to everybody who is let in, and nothing under another name', async () => {
  const shown = PictureId.parse('ab'.repeat(32))
  const none = () => '/none'
  const frame = async () => new Uint8Array()
  const picture = (id: PictureId) => {
    if (id !== shown) throw new Failure('NOT_FOUND', { kind: 'picture', id })
    return new Uint8Array([7])
  }
  const origin = new Origin('/renderer', () => ({ proxy: none, poster: none, strip: none, frame, picture }))
  const asked = async (name: string) => {
    const { status, headers } = await origin.answer({ pathname: `/media/pictures/${name}`, range: null, actor: ann })
    return [status, headers['content-type']]
  }
  expect(await asked(`${shown}.webp`)).toEqual([200, 'image/webp'])
  for (const name of [`${'cd'.repeat(32)}.webp`, 'x.webp', '..%2f..%2fproject.db', ''])
    expect((await asked(name))[0]).toBe(404)
})
