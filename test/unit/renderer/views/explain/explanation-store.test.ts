import { ORPCError } from '@orpc/client'
import { beforeEach, expect, test } from 'vitest'
import { useExplanation } from '@renderer/stores/explanation'
import { type FakeStudio, aVideo, fakeStudio } from '../../../../support/fake-api'
import { inStudio, settled } from '../../in-studio'

let studio: FakeStudio

beforeEach(() => {
  studio = fakeStudio({ videos: 3 })
})

const store = () => inStudio(studio, () => useExplanation()).result
const asked = () => studio.calls.filter(({ name }) => name === 'explanation.explain').map(({ input }) => input)

test('a video is asked the model’s own question, and its best card is checked by masking', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  await settled()
  expect(explanation.state).toBe('ready')
  expect(asked()).toMatchObject([{ video: aVideo(0).id }])
  expect(asked()[0]).not.toHaveProperty('pos', expect.anything())
  expect(explanation.card).toBe(explanation.cards[0])
  expect(explanation.check).not.toBeNull()
})

test('the pair that was answered is asked another way too, and of an older answer nothing is shown', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  await settled()
  const [again] = studio.calls.filter(({ name }) => name === 'explanation.second').map(({ input }) => input)
  expect(again).toMatchObject({ video: aVideo(0).id, pos: explanation.pos, neg: explanation.neg })
  expect(explanation.second?.opinion).toMatchObject({ name: 'pole', agrees: true })
  const asking = explanation.reverse()
  await asking
  expect(explanation.second).toBeNull()
  await settled()
  expect(explanation.second).not.toBeNull()
})

test('choosing the class of A as B swaps them', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  const [pos, neg] = [explanation.pos, explanation.neg]
  await explanation.ask({ neg: pos! })
  expect(asked().at(-1)).toMatchObject({ pos: neg, neg: pos })
  await explanation.reverse()
  expect(asked().at(-1)).toMatchObject({ pos: explanation.pos, neg: explanation.neg })
})

test('of two questions on their way only the later one is answered', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  await Promise.all([explanation.open(aVideo(1).id), explanation.open(aVideo(2).id)])
  expect(explanation.video?.id).toBe(aVideo(2).id)
  expect(explanation.answer?.video).toBe(aVideo(2).id)
})

test('without an explanation model the classes are shown all the same', async () => {
  const explanation = store()
  studio.refuse('explanation.explain', new ORPCError('NO_EXPLAINER', { data: {} }))
  await explanation.open(aVideo(0).id)
  await settled()
  expect(explanation.state).toBe('noExplainer')
  expect(explanation.classes.length).toBeGreaterThan(1)
  expect(explanation.cards).toEqual([])
})

test('another card is masked when it is chosen, and the ends of the list hold', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  await settled()
  explanation.choose(1)
  expect(explanation.check).toBeNull()
  await settled()
  expect(explanation.check).not.toBeNull()
  explanation.choose(-5)
  expect(explanation.chosen).toBe(0)
  explanation.choose(500)
  expect(explanation.chosen).toBe(explanation.cards.length - 1)
})

test('the heat map belongs to the card it was read for', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  await settled()
  explanation.readHeat()
  explanation.choose(1)
  await settled()
  expect(explanation.heat).toBeNull()
  explanation.readHeat()
  await settled()
  expect(explanation.heat).not.toBeNull()
})

test('what must go for B is asked as another way to find tubes, and stays for the next video', async () => {
  const explanation = store()
  await explanation.open(aVideo(0).id)
  await explanation.setTubes('iterate')
  expect(asked().at(-1)).toMatchObject({ options: { tubes: 'iterate' }, pos: explanation.pos, neg: explanation.neg })
  await explanation.open(aVideo(1).id)
  expect(asked().at(-1)).toMatchObject({ video: aVideo(1).id, options: { tubes: 'iterate' } })
})
