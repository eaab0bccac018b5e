import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { Task } from '@shared/contract/campaign-words'
import { TrackId } from '@shared/ids'
import { removeVideos } from '@main/edits/library/videos'
import { aKeyframe } from '../../../support/project'
import { type CampaignOfTest, aWorker, campaignsOfTest, said, taskIn } from '../../../support/campaigns'

const [ann, ben, cat] = ['ann', 'ben', 'cat'].map((name) => aWorker(name)) as [
  ReturnType<typeof aWorker>,
  ReturnType<typeof aWorker>,
  ReturnType<typeof aWorker>,
]

let here: CampaignOfTest
beforeEach(() => (here = campaignsOfTest()))
afterEach(() => here.remove())

const submit = (actor = ann, task: Parameters<typeof said>[0], value: Parameters<typeof said>[1] = 'present') =>
  here.campaigns.queue.submit(actor, { item: task.item, answers: said(task, value) })

test('two people at once are given different items while there are enough, and each only what they have not answered', async () => {
  const id = await here.open({ settings: { goldEvery: 0, answersWanted: 2 } })
  const seen = { ann: new Set<string>(), ben: new Set<string>() }
  for (let i = 0; i < 4; i++) {
    const [one, other] = await Promise.all([here.next(ann, id), here.next(ben, id)])
    expect(one.item).not.toBe(other.item)
    expect(seen.ann.has(one.item) || seen.ben.has(other.item)).toBe(false)
    seen.ann.add(one.item)
    seen.ben.add(other.item)
    await Promise.all([submit(ann, one), submit(ben, other)])
  }
  expect(await here.campaigns.queue.next(ann, id)).toEqual({ is: 'done', done: 4, all: 4 })
  expect(await here.campaigns.queue.next(cat, id)).toMatchObject({ is: 'done', done: 0 })
})

test('the item with the fewest answers comes first, counting what is in hand', async () => {
  const id = await here.open()
  for (const one of [ann, ben]) await submit(one, await here.next(one, id))
  const third = await here.next(cat, id)
  const answers = here.project.repositories.campaigns.items(id).map((item) => item.answers)
  expect(answers).toEqual([1, 1, 0, 0])
  expect(here.project.repositories.campaigns.item(third.item).position).toBe(2)
})

test('who was cut off is given the same item again, with what they had answered of it', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  expect(Task.parse(task)).toEqual(task)
  const draft = { [task.answer[0]?.id ?? '']: 'unsure' as const }
  await here.campaigns.queue.hold(ann, task.item, draft)
  here.wait(60)
  const again = await here.next(ann, id)
  expect(again.item).toBe(task.item)
  expect(again.draft).toEqual(draft)
  expect(again.leaseUntil).toBe(here.now() + 30 * 60_000)
})

describe('an item whose time is over', () => {
  test('goes to somebody else, and what was answered of it all the same counts', async () => {
    const id = await here.open({ settings: { goldEvery: 0, answersWanted: 1, minutesPerItem: 1 } })
    const left = await here.next(ann, id)
    const others = []
    for (let i = 0; i < 3; i++) {
      const task = await here.next(ben, id)
      others.push(task.item)
      await submit(ben, task)
    }
    expect(others).not.toContain(left.item)
    expect(await here.campaigns.queue.next(ben, id)).toMatchObject({ is: 'waiting' })
    here.wait(61)
    const taken = await here.next(ben, id)
    expect(taken.item).toBe(left.item)
    await submit(ben, taken, 'absent')
    await submit(ann, left)
    expect(here.project.repositories.campaigns.item(left.item).answers).toBe(2)
    expect(here.campaigns.review.given(owner, left.item).map(({ state }) => state)).toEqual(['answered', 'answered'])
  })

  test('is not given again to whom it was left by when others have answered it meanwhile', async () => {
    const id = await here.open({ settings: { goldEvery: 0, answersWanted: 1, minutesPerItem: 1 } })
    const left = await here.next(ann, id)
    here.wait(61)
    const taken = await here.next(ben, id)
    expect(taken.item).toBe(left.item)
    await submit(ben, taken)
    expect((await here.next(ann, id)).item).not.toBe(left.item)
  })
})

test('a skipped item goes to others with its reason, and never back', async () => {
  const id = await here.open({ settings: { goldEvery: 0, answersWanted: 1 } })
  const task = await here.next(ann, id)
  await here.campaigns.queue.skip(ann, task.item, { reason: 'tooDark', note: 'at night' })
  expect((await here.next(ann, id)).item).not.toBe(task.item)
  expect((await here.next(ben, id)).item).toBe(task.item)
  const { rows } = here.campaigns.review.items(owner, { id, only: 'skipped', offset: 0, limit: 10 })
  expect(rows).toMatchObject([{ id: task.item, skipped: 1, skips: [{ reason: 'tooDark', note: 'at night' }] }])
  await expect(here.campaigns.queue.hold(ann, task.item)).rejects.toMatchObject({ code: 'ITEM_NOT_YOURS' })
})

test('answers are those of the person, and the campaign keeps them as they were given', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  here.wait(12)
  await submit(ann, task, (word) => (word === 'pole' ? 'present' : 'unsure'))
  const { answers } = here.project.repositories
  const [pole, ball] = here.words
  const own = answers.ofVideo(task.video.id).filter(({ person }) => person === ann.id)
  expect(own.map(({ attribute, value }) => [attribute, value]).sort()).toEqual(
    [
      [pole, 'present'],
      [ball, 'unsure'],
    ].sort(),
  )
  const [given] = here.campaigns.review.given(owner, task.item)
  expect(given).toMatchObject({ seconds: 12, state: 'answered', answers: { [pole ?? '']: 'present' } })
  here.project.history.undo({ scope: task.video.id, person: ann.id })
  expect(answers.ofVideo(task.video.id)).toEqual([])
  expect(here.campaigns.review.given(owner, task.item)).toEqual([given])
})

test('an answer may be given anew, and stands once', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  await submit(ann, task, 'present')
  expect(here.campaigns.queue.own(ann, task.item).draft).toEqual(said(task, 'present'))
  await submit(ann, task, 'absent')
  expect(here.project.repositories.campaigns.item(task.item).answers).toBe(1)
  expect(here.campaigns.review.given(owner, task.item)[0]?.answers).toEqual(said(task, 'absent'))
})

test('what is not answered, or not asked, is named', async () => {
  const id = await here.open({ attributes: [here.words[0]] })
  const task = await here.next(ann, id)
  expect(task.answer.map(({ name }) => name)).toEqual(['pole'])
  await expect(here.campaigns.queue.submit(ann, { item: task.item, answers: {} })).rejects.toMatchObject({
    code: 'ANSWERS_MISSING',
    data: { attributes: ['pole'] },
  })
  const stray = { item: task.item, answers: { ...said(task), [here.words[1] ?? '']: 'absent' as const } }
  await expect(here.campaigns.queue.submit(ann, stray)).rejects.toMatchObject({ code: 'BAD_SETTING' })
})

test('an item that was not given to somebody is not theirs to answer', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  await expect(submit(ben, task)).rejects.toMatchObject({ code: 'ITEM_NOT_YOURS' })
  expect(() => here.campaigns.queue.own(ben, task.item)).toThrow(expect.objectContaining({ code: 'ITEM_NOT_YOURS' }))
})

test('a paused campaign gives nothing new; what is in hand is taken, also of a closed one', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  const { service, queue } = here.campaigns
  await service.setState(owner, id, 'paused')
  expect(await queue.next(ben, id)).toMatchObject({ is: 'paused' })
  expect(taskIn(await queue.next(ann, id)).item).toBe(task.item)
  await service.setState(owner, id, 'closed')
  await submit(ann, task)
  expect(await queue.next(ann, id)).toMatchObject({ is: 'closed', done: 1 })
})

test('a left-out person is given nothing, and their items are asked of others', async () => {
  const id = await here.open({ settings: { goldEvery: 0, answersWanted: 1 } })
  const task = await here.next(ann, id)
  await submit(ann, task)
  await here.campaigns.review.leaveOut(owner, id, { person: ann.id, leftOut: true })
  expect(await here.campaigns.queue.next(ann, id)).toMatchObject({ is: 'leftOut' })
  expect((await here.next(ben, id)).item).toBe(task.item)
  await here.campaigns.review.leaveOut(owner, id, { person: ann.id, leftOut: false })
  expect(here.project.repositories.campaigns.item(task.item).answers).toBe(1)
})

test('one more answer is asked of what somebody answered', async () => {
  const id = await here.open({ settings: { goldEvery: 0, answersWanted: 1 } })
  const task = await here.next(ann, id)
  await submit(ann, task)
  expect(await here.campaigns.review.askAgain(owner, id, { items: [], answeredBy: ann.id })).toEqual({ items: 1 })
  const order = []
  for (let i = 0; i < 4; i++) {
    const next = await here.next(ben, id)
    order.push(next.item)
    await submit(ben, next)
  }
  expect(order.at(-1)).toBe(task.item)
})

test('gold comes to everybody as often as it was set, looking like any other item', async () => {
  const id = await here.open({ settings: { goldEvery: 2, answersWanted: 3 } })
  const [pole, ball] = here.words
  for (const video of here.videos.slice(0, 2)) for (const word of [pole, ball]) if (word) here.build.label(video, word)
  await here.campaigns.review.setGold(owner, id, { videos: here.videos.slice(0, 3), isGold: true })
  const seen = { ann: [] as boolean[], ben: [] as boolean[] }
  for (const one of [ann, ben])
    for (let i = 0; i < 4; i++) {
      const task = await here.next(one, id)
      expect(task).not.toHaveProperty('gold')
      seen[one.name as 'ann'].push(here.project.repositories.campaigns.item(task.item).gold !== null)
      await submit(one, task)
    }
  expect(seen).toEqual({ ann: [false, true, false, true], ben: [false, true, false, true] })
  expect((await here.campaigns.service.get(owner, id)).progress).toMatchObject({ items: 2, gold: 2, answers: 4 })
})

test('boxes are what the person has drawn of the words that the video has', async () => {
  const [pole, ball] = here.words
  const [first] = here.videos
  if (!pole || !ball || !first) throw new Error('nothing to draw')
  here.build.label(first, pole)
  const id = await here.open({ kind: 'boxes' })
  const task = await here.next(ann, id)
  expect([task.video.id, task.answer, task.box.map(({ name }) => name)]).toEqual([first, [], ['pole']])
  const { tracks } = here.project.repositories
  const own = here.build.track(first, pole)
  tracks.putAll(tracks.ofVideo(first).map((track) => ({ ...track, person: ann.id })))
  here.build.track(first, pole)
  await here.campaigns.queue.submit(ann, { item: task.item, answers: {} })
  expect(here.campaigns.review.given(owner, task.item)[0]?.tracks.map(({ track }) => track)).toEqual([own])
  expect(await here.campaigns.queue.next(ann, id)).toMatchObject({ is: 'done' })
})

test('a video that was taken out of the project is not asked about any more', async () => {
  const id = await here.open()
  here.project.repositories.videos.remove(here.videos.slice(1))
  await submit(ann, await here.next(ann, id))
  expect(await here.campaigns.queue.next(ann, id)).toEqual({ is: 'done', done: 1, all: 1 })
})

test('of a video that goes while somebody answers it, the answers are kept for when it comes back', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  const removed = removeVideos.of({ videos: [task.video.id] })
  await here.project.write(() => here.project.history.do({ scope: 'library', person: owner.id }, removed))
  await expect(submit(ann, task)).rejects.toMatchObject({ code: 'ITEM_GONE' })
  const other = await here.next(ann, id)
  expect(other.item).not.toBe(task.item)
  await submit(ann, other)
  await here.project.write(() => here.project.history.undo({ scope: 'library', person: owner.id }))
  const again = await here.next(ann, id)
  expect([again.item, again.draft]).toEqual([task.item, said(task)])
  await submit(ann, again)
})

test('a word that goes while somebody answers is asked no more, and stands in no way of the others', async () => {
  const id = await here.open()
  const task = await here.next(ann, id)
  await here.campaigns.queue.hold(ann, task.item, said(task))
  const [pole, ball] = here.words
  if (!pole || !ball) throw new Error('no words')
  here.project.repositories.attributes.remove(pole)
  expect(here.campaigns.queue.own(ann, task.item).answer.map(({ name }) => name)).toEqual(['ball'])
  await submit(ann, task)
  expect(here.project.repositories.answers.ofVideo(task.video.id).map(({ attribute }) => attribute)).toEqual([ball])
  expect(here.campaigns.review.given(owner, task.item)[0]?.answers).toEqual(said(task))
})

describe('how many there are for somebody', () => {
  /** Gold of the first videos, as the owner has answered them. */
  async function withGold(gold: number, settings: object) {
    const id = await here.open({ settings })
    const videos = here.videos.slice(0, gold)
    const { answers } = here.project.repositories
    for (const video of videos)
      for (const attribute of here.words)
        answers.set({ video, attribute, person: owner.id }, { value: 'absent', at: 1 })
    expect((await here.campaigns.review.setGold(owner, id, { videos, isGold: true })).gold).toBe(gold)
    return id
  }
  /** Answers everything there is, and tells what was said of how far that is. */
  async function workedOff(actor: typeof ann, id: Parameters<typeof here.next>[1]) {
    const told: string[] = []
    for (;;) {
      const next = await here.campaigns.queue.next(actor, id)
      const { done, all } = next.is === 'task' ? next.task : next
      told.push(`${done} of ${all}`)
      if (next.is !== 'task') return told
      await submit(actor, next.task)
    }
  }

  test('counts gold as it will come in between, and ends where it said', async () => {
    const every2 = await withGold(2, { goldEvery: 2, answersWanted: 3 })
    expect(await workedOff(ann, every2)).toEqual(['0 of 4', '1 of 4', '2 of 4', '3 of 4', '4 of 4'])
    const every3 = await withGold(2, { goldEvery: 3, answersWanted: 3 })
    expect(await workedOff(ann, every3)).toEqual(['0 of 3', '1 of 3', '2 of 3', '3 of 3'])
    const never = await withGold(2, { goldEvery: 0, answersWanted: 3 })
    expect(await workedOff(ann, never)).toEqual(['0 of 2', '1 of 2', '2 of 2'])
  })

  test('is nothing for somebody who comes when only gold is left', async () => {
    const id = await withGold(2, { goldEvery: 6, answersWanted: 1 })
    await workedOff(ann, id)
    expect(await here.campaigns.queue.next(ben, id)).toEqual({ is: 'done', done: 0, all: 0 })
  })
})

test('where words are answered and boxed, boxes of a word that was answered absent after all are not kept', async () => {
  const id = await here.open({ kind: 'both', settings: { goldEvery: 0 } })
  const task = await here.next(ann, id)
  const names = (words: readonly { name: string }[]) => words.map(({ name }) => name)
  expect([names(task.answer), names(task.box)]).toEqual([
    ['pole', 'ball'],
    ['pole', 'ball'],
  ])
  for (const word of here.words) {
    const track = { id: TrackId.parse(`of ${word}`), video: task.video.id, attribute: word, person: ann.id }
    here.project.repositories.tracks.putAll([
      { ...track, kind: 'attribute', source: 'person', keyframes: [aKeyframe(0)] },
    ])
  }
  await submit(ann, task, (word) => (word === 'pole' ? 'present' : 'absent'))
  const [given] = here.campaigns.review.given(owner, task.item)
  expect(given?.tracks.map(({ attribute }) => attribute)).toEqual([here.words[0]])
})
