import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClassId } from '@shared/ids'
import { Bundles } from '@main/runs/bundles'
import { aKeyframe, aProject } from '../../../support/project'
import { aRun } from '../../../support/runs'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

function aBundle() {
  const { build, project, folder } = made
  const [pole, ball] = ['Pole', 'Ball'].map((name) => ({ id: build.class(name), name })) as [
    { id: ClassId; name: string },
    { id: ClassId; name: string },
  ]
  const bar = { id: build.attribute('bar'), name: 'bar' }
  const { repositories } = project
  const run = aRun({ classes: [ball, pole], attributes: [bar] })
  repositories.runs.create(run)
  return { build, run, bar, pole, ball, bundles: new Bundles(repositories, folder) }
}

test('a bundle holds the videos of known classes by split, numbered in the model’s order, with files below the project', async () => {
  const { build, run, bar, pole, ball, bundles } = aBundle()
  const video = build.video({ name: 'a', class: pole.id, split: 'train' })
  build.label(video, bar.id)
  build.track(video, bar.id, [aKeyframe(0)])
  build.video({ name: 'b', class: ball.id, split: 'test' })
  build.video({ name: 'of no class', split: 'train' })
  build.video({ name: 'of another class', class: build.class('new'), split: 'train' })
  const { rows, vocabulary, files } = await bundles.ofRun(run.id)
  expect(files).toEqual({ kind: 'folder', path: made.folder })
  expect(vocabulary.classes.map(({ name }) => name)).toEqual(['Ball', 'Pole'])
  expect(rows.train).toMatchObject([
    { name: 'a', label: 1, assigned: [0], tracks: [{ attribute: 0 }], video: { path: 'media/clip.mp4' } },
  ])
  expect(rows.test).toMatchObject([{ name: 'b', label: 0, assigned: [], tracks: [] }])
  // It travels between processes.
  expect(structuredClone(rows)).toEqual(rows)
})

test('of a large library nothing is left out, and a stop is heeded', async () => {
  const { build, run, pole, bundles } = aBundle()
  for (let i = 0; i < 1_201; i++) build.video({ name: `v${i}`, class: pole.id, split: 'train' })
  const { rows } = await bundles.ofRun(run.id)
  expect(new Set(rows.train.map(({ name }) => name)).size).toBe(1_201)
  await expect(bundles.ofRun(run.id, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
})

test('a question’s bundle holds one video, whatever its split; one without pictures is refused', () => {
  const { build, run, bundles } = aBundle()
  const video = build.video({ name: 'a' })
  expect(bundles.ofQuestion(video, run.id)).toMatchObject({ run: { id: run.id }, row: { name: 'a', label: null } })
  const broken = build.video({ name: 'broken', record: { status: 'failed', proxy: null } })
  expect(() => bundles.ofQuestion(broken, run.id)).toThrow(expect.objectContaining({ code: 'VIDEO_UNREADABLE' }))
})
