import { afterEach, beforeEach, expect, test } from 'vitest'
import { AttributeId, ClassId, RunId } from '@shared/ids'
import { aProject } from '../../../../support/project'
import { aRun } from '../../../../support/runs'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())
const runs = () => made.project.repositories.runs
const id = RunId.parse('r1')
const point = (step: number) => ({ step, epoch: step / 10, at: 1000 + step, values: { loss: 1 / step } })

test('a run is listed with the names its model knows, and keeps their ids in order', () => {
  const classes = ['b', 'a'].map((name) => ({ id: ClassId.parse(`id-${name}`), name }))
  const attributes = [{ id: AttributeId.parse('id-pole'), name: 'pole' }]
  runs().create(aRun({ id, classes, attributes }))
  expect(runs().get(id)).toEqual({ ...aRun({ id }), classes: ['b', 'a'], attributes: ['pole'] })
  expect(runs().vocabulary(id)).toEqual({ classes, attributes })
  expect(runs().update(id, { state: 'done', headline: { testAccuracy: 0.97 } })).toMatchObject({ state: 'done' })
})

test('a number that was none does not stand in the way of the list', () => {
  runs().create(aRun({ id, headline: { testAccuracy: 0.5, testConfidence: NaN } }))
  expect(runs().list()).toMatchObject([{ headline: { testAccuracy: 0.5 } }])
  expect(runs().get(id).headline).not.toHaveProperty('testConfidence')
})

test('a run that was put away is listed, and is never the newest', () => {
  const away = aRun({ name: 'away', state: 'done', createdAt: 5 })
  runs().create(aRun({ name: 'kept', state: 'done', createdAt: 1 }))
  runs().create(away)
  expect(runs().update(away.id, { archived: true })).toMatchObject({ name: 'away', archived: true })
  expect(runs().newestDone('classifier')?.name).toBe('kept')
  expect(runs().list()).toHaveLength(2)
})

test('the newest finished run of a kind is found', () => {
  for (const [name, state, createdAt] of [
    ['old', 'done', 1],
    ['new', 'done', 3],
    ['failed', 'failed', 5],
  ] as const)
    runs().create(aRun({ name, state, createdAt }))
  runs().create(aRun({ name: 'other', kind: 'explainer', state: 'done', createdAt: 9 }))
  expect(runs().newestDone('classifier')?.name).toBe('new')
  expect(
    runs()
      .list()
      .map(({ name }) => name),
  ).toEqual(['other', 'failed', 'new', 'old'])
})

test('curves come back in order, and are taken up again from a checkpoint without points behind it', () => {
  runs().create(aRun({ id }))
  runs().addMetrics(
    id,
    Array.from({ length: 3000 }, (_, i) => point(i + 1)),
  )
  expect(runs().metrics(id)).toHaveLength(3000)
  expect(runs().metrics(id)[41]).toEqual(point(42))
  runs().dropMetricsAfter(id, 40)
  expect(runs().metrics(id).at(-1)).toEqual(point(40))
})

test('a point that is sent twice is one, and a second one of the same step is another', () => {
  runs().create(aRun({ id }))
  expect(runs().addMetrics(id, [point(1), point(2)])).toHaveLength(2)
  const tested = { ...point(2), values: { testAccuracy: 1 } }
  expect(runs().addMetrics(id, [point(2), point(3), tested])).toEqual([point(3), tested])
  expect(runs().metrics(id)).toHaveLength(4)
})

test('one checkpoint is the best, and a file is replaced', () => {
  runs().create(aRun({ id }))
  const checkpoint = (file: string, step: number, best: boolean) => ({
    file,
    step,
    epoch: 1,
    best,
    values: {},
    at: step,
  })
  runs().addCheckpoint(id, checkpoint('best', 10, true))
  runs().addCheckpoint(id, checkpoint('last', 20, false))
  runs().addCheckpoint(id, checkpoint('last', 30, true))
  expect(runs().checkpoints(id)).toEqual([checkpoint('last', 30, true), checkpoint('best', 10, false)])
})

test('a run that is deleted takes its curves and checkpoints along', () => {
  runs().create(aRun({ id }))
  runs().addMetrics(id, [point(1)])
  runs().remove(id)
  expect([runs().find(id), runs().metrics(id)]).toEqual([null, []])
})
