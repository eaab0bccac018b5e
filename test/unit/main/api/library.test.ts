import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Api } from '@shared/contract'
import { ownClient } from '@main/api/own-client'
import { type Studio, openStudio } from '@main/studio'
import { aRecord, ProjectBuilder, temporaryFolder } from '../../../support/project'

let folder: ReturnType<typeof temporaryFolder>
let studio: Studio
let api: Api
beforeEach(async () => {
  folder = temporaryFolder()
  const start = () => () => {
    throw new Error('no process is needed here')
  }
  studio = openStudio({ home: join(folder.path, 'home'), start, startedBy: 'terminal' })
  api = ownClient(studio)
  await api.project.create({ path: join(folder.path, 'project') })
})
afterEach(async () => {
  await studio.close()
  folder.remove()
})

/** Another program that holds the write lock of the open project. */
function foreignLock(): { release: () => void } {
  const other = new Sqlite(studio.workspace().project.paths.database)
  other.exec('begin immediate')
  return {
    release: () => {
      other.exec('rollback')
      other.close()
    },
  }
}

/** Who waits for the lock itself, and does nothing else, gives up after 3 s; a busy machine takes a part of that. */
const lockPatience = 2_500

/** The longest time nothing else was answered, ms, until `over` resolves. */
async function longestStall(over: Promise<unknown>): Promise<number> {
  let [longest, isOver] = [0, false]
  void over.then(() => (isOver = true))
  for (let last = performance.now(); !isOver; last = performance.now()) {
    await wait(5)
    await api.library.classes()
    longest = Math.max(longest, performance.now() - last)
  }
  return longest
}

test('while another program holds the file, changes of the library wait their turn, and reads go on', async () => {
  const { project } = studio.workspace()
  const build = new ProjectBuilder(project)
  const [video, ollie] = [build.video({ name: 'clip 1' }), build.class('Ollie')]
  const attribute = build.attribute('pole')
  const { release } = foreignLock()
  const changes = Promise.all([
    api.library.createClass({ name: 'Kickflip' }),
    api.library.createAttribute({ name: 'ball' }),
    api.library.setClass({ videos: [video], class: ollie }),
    api.library.setGroup({ videos: [video], rule: { by: 'name', name: 'film' } }),
    api.library.label({ labels: [{ of: 'video', name: 'clip 1', attribute: 'pole', value: 'present' }] }),
    api.library.updateAttribute({ id: attribute, description: 'a long one' }),
    api.work.submit({ video }),
  ])
  const stall = await longestStall(wait(400))
  expect(stall).toBeLessThan(lockPatience)
  expect(project.repositories.classes.rows()).toHaveLength(1)
  release()
  const [kickflip, , , , labels, changed] = await changes
  expect(kickflip).toMatchObject({ name: 'Kickflip' })
  expect(labels).toMatchObject({ labels: 1 })
  expect(changed).toMatchObject({ description: 'a long one', videos: 1 })
  expect(project.repositories.videos.get(video)).toMatchObject({ class: ollie, group: 'film' })
})

test('what an import found waits too', async () => {
  const { project, library } = studio.workspace()
  const { release } = foreignLock()
  const planned = [{ path: '/clip.mp4', name: 'clip', class: null, split: null }]
  const results = [{ path: '/clip.mp4', record: aRecord(), known: false }]
  const recording = project.write(() => library.recordImport(planned, results))
  expect(await longestStall(wait(200))).toBeLessThan(lockPatience)
  release()
  expect(await recording).toMatchObject([{ status: 'ok' }])
})

test('two people who make a class of one name at the same time make one', async () => {
  const made = await Promise.allSettled([1, 2].map(() => api.library.createClass({ name: 'Ollie' })))
  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await api.library.classes()).toHaveLength(1)
})
