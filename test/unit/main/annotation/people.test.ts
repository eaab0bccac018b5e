import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { annotationApi } from '@main/api/annotation'
import { readableVideos, rowsOf } from '@main/runs/clip-rows'
import type { Studio } from '@main/studio'
import { type Actor, owner } from '@shared/actor'
import { type AttributeId, PersonId, type VideoId } from '@shared/ids'
import { aProject } from '../../../support/project'

const person = (name: string, role: Actor['role'] = 'annotator'): Actor => ({ id: PersonId.parse(name), name, role })
const [ann, ben, rae] = [person('ann'), person('ben'), person('rae', 'reviewer')]

let made: ReturnType<typeof aProject>
let video: VideoId
let pole: AttributeId
let ball: AttributeId
beforeEach(() => {
  made = aProject()
  const of = made.build.class('Ollie')
  pole = made.build.attribute('pole')
  ball = made.build.attribute('ball')
  video = made.build.video({ name: 'clip', class: of, split: 'train' })
})
afterEach(() => made.remove())

const shape = (x: number) => ({ box: { x1: x, y1: 0, x2: x + 10, y2: 10 }, outside: false, occluded: false })

/** The calls of one person, through the contract. */
function as(actor: Actor) {
  const names = (id: PersonId) => [owner, ann, ben, rae].find((one) => one.id === id)?.name ?? id
  const annotation = new AnnotationService(made.project, () => {}, names)
  const studio = { workspace: () => ({ annotation, project: made.project }) } as unknown as Studio
  return createRouterClient(annotationApi(studio), { context: { actor } })
}

const trained = () => {
  const { repositories } = made.project
  const order = { classes: repositories.classes.rows().map(({ id }) => id), attributes: [pole, ball] }
  return rowsOf(repositories, { records: readableVideos(repositories, 'train'), order })[0]
}

test("two people who label the same video at the same time do not touch each other's answers and boxes", async () => {
  const [first, second] = [as(ann), as(ben)]
  const [begun] = await Promise.all([
    first.createTrack({ video, attribute: pole, frame: 0, value: shape(0) }),
    second.createTrack({ video, attribute: pole, frame: 2, value: shape(40) }),
    first.setLabel({ video, attribute: ball, value: 'present' }),
    second.setLabel({ video, attribute: ball, value: 'absent' }),
  ])
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => [
      first.setKeyframe({ video, track: begun.track, frame: 5 + i, value: shape(i) }),
      second.setLabel({ video, attribute: ball, value: i % 2 ? 'absent' : 'unsure' }),
    ]).flat(),
  )

  const [ofAnn, ofBen] = [await first.get({ video }), await second.get({ video })]
  expect(ofAnn.labels.find(({ attribute }) => attribute === ball)).toMatchObject({ value: 'present', annotator: 'ann' })
  expect(ofBen.labels.find(({ attribute }) => attribute === ball)).toMatchObject({ value: 'absent', annotator: 'ben' })
  expect([ofAnn.tracks, ofBen.tracks].map((tracks) => tracks.map((track) => track.keyframes.length))).toEqual([
    [11],
    [1],
  ])
  expect([ofAnn.others.labels, ofAnn.others.tracks, ofBen.others.people]).toEqual([[], [], []])
})

test('each takes back their own steps, and nobody those of another', async () => {
  const [first, second] = [as(ann), as(ben)]
  await first.setLabel({ video, attribute: pole, value: 'present' })
  await second.setLabel({ video, attribute: pole, value: 'absent' })

  expect(await first.undo({ video })).toMatchObject({ label: 'Say pole is present' })
  expect(await first.undo({ video })).toMatchObject({ label: null })
  expect((await second.get({ video })).labels).toMatchObject([{ value: 'absent' }])
  expect(await second.undo({ video })).toMatchObject({ label: 'Say pole is absent' })
  expect(await first.redo({ video })).toMatchObject({ label: 'Say pole is present' })
})

test('the owner and a reviewer see who said what; an annotator sees their own', async () => {
  await as(ann).setLabel({ video, attribute: pole, value: 'present' })
  await as(ben).createTrack({ video, attribute: ball, frame: 0, value: shape(0) })

  for (const actor of [owner, rae]) {
    const { labels, tracks, others } = await as(actor).get({ video })
    expect([labels, tracks]).toEqual([[], []])
    expect(others.labels).toMatchObject([
      { attribute: pole, value: 'present', annotator: 'ann' },
      { attribute: ball, value: 'present', annotator: 'ben' },
    ])
    expect(others.tracks).toMatchObject([{ attribute: ball, person: 'ben' }])
    expect(others.people).toEqual(
      expect.arrayContaining([
        { id: 'ann', name: 'ann' },
        { id: 'ben', name: 'ben' },
      ]),
    )
  }
  expect((await as(ann).get({ video, of: 'everybody' })).tracks).toEqual([])
})

test("an annotator changes nobody else's boxes, a reviewer mends them", async () => {
  const { track } = await as(ben).createTrack({ video, attribute: ball, frame: 0, value: shape(0) })

  await expect(as(ann).setKeyframe({ video, track, frame: 0, value: shape(9) })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
  await as(rae).setKeyframe({ video, track, frame: 0, value: shape(9) })
  expect((await as(ben).get({ video })).tracks[0]).toMatchObject({ person: 'ben', keyframes: [shape(9)] })
  expect(await as(ben).undo({ video })).toMatchObject({ label: 'Begin a track of ball' })
})

test("what is trained with is what the answers come to: most of them, and one person's boxes of each thing", async () => {
  await as(ann).createTrack({ video, attribute: pole, frame: 0, value: shape(0) })
  await as(ben).createTrack({ video, attribute: pole, frame: 0, value: shape(40) })
  await as(ann).setLabel({ video, attribute: ball, value: 'present' })
  await as(ben).setLabel({ video, attribute: ball, value: 'absent' })

  expect(trained()).toMatchObject({ assigned: [0], tracks: [{ attribute: 0, keyframes: [shape(0)] }] })
  const { labels, tracks } = await as(owner).get({ video, of: 'everybody' })
  expect(labels).toMatchObject([
    { attribute: pole, value: 'present', source: 'consensus', annotator: null },
    { attribute: ball, value: 'unsure', source: 'consensus', annotator: null },
  ])
  expect(tracks).toMatchObject([{ person: 'ann' }])
})
