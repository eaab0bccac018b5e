import { copyFileSync, openSync, readdirSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { Backups } from '@main/project/backups'
import { openProject } from '@main/project/project'
import { aProject } from '../../../support/project'

const made: (() => void)[] = []
afterEach(() => made.splice(0).forEach((undo) => undo()))

function aPlace() {
  const { project, build, folder, remove } = aProject()
  made.push(remove)
  return { project, build, folder, backups: new Backups(project.paths), database: project.paths.database }
}

test('the first opening of a day makes a backup, the second none; a new project has none yet', () => {
  const { project, build, folder, backups } = aPlace()
  expect(backups.list()).toEqual([])
  build.class('Kickflip')
  project.close()
  for (let i = 0; i < 2; i++) openProject(folder).close()
  const [only, ...more] = backups.list()
  expect([only?.reason, more]).toEqual(['day', []])
  const copy = new Sqlite(join(folder, 'backups', only!.file), { readonly: true })
  expect(copy.prepare('select name from class').pluck().all()).toEqual(['Kickflip'])
  copy.close()
})

test('seven of a day are kept, and what was left half made is swept away', () => {
  const { project, folder } = aPlace()
  project.close()
  for (let day = 1; day <= 9; day++) {
    const file = join(folder, 'backups', `project-day-2026-01-0${day}.db`)
    copyFileSync(project.paths.database, file)
    utimesSync(file, day * 86_400, day * 86_400)
  }
  writeFileSync(join(folder, 'backups', 'project-day-2026-01-09.db.unfinished'), 'half')
  openProject(folder).close()
  const names = readdirSync(join(folder, 'backups'))
  expect(names).toHaveLength(7)
  expect(names).not.toContain('project-day-2026-01-03.db')
  expect(names).toContain('project-day-2026-01-04.db')
})

test('a restored backup is the project again, and what stood there is a backup too', () => {
  const { project, build, folder, backups } = aPlace()
  build.class('before')
  project.backUpDaily()
  build.class('after')
  project.close()
  const day = backups.list()[0]!.file
  backups.restore(day)
  const restored = openProject(folder)
  expect(restored.repositories.classes.rows().map(({ name }) => name)).toEqual(['before'])
  restored.close()
  const kept = backups.list().find(({ reason }) => reason === 'restore')!
  backups.restore(kept.file)
  const back = openProject(folder)
  expect(
    back.repositories.classes
      .rows()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['after', 'before'])
  back.close()
})

test('a project that another studio holds is not restored under it', () => {
  const { project, backups } = aPlace()
  project.backUpDaily()
  expect(() => backups.restore(backups.list()[0]!.file)).toThrow(expect.objectContaining({ code: 'DATABASE_BUSY' }))
  project.close()
  expect(() => backups.restore('../project.db')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

test('of a damaged project what can be read is saved among the backups, and it opens', () => {
  const { project, build, folder, backups, database } = aPlace()
  const attribute = build.attribute('pole')
  project.transaction(() => {
    for (let i = 0; i < 400; i++) build.label(build.video({ name: `clip ${i}` }), attribute)
  })
  project.close()
  // A page in the middle is overwritten, as a failing disk does.
  const size = statSync(database).size
  const handle = openSync(database, 'r+')
  writeSync(handle, Buffer.alloc(8192, 0xa5), 0, 8192, Math.floor(size / 2 / 4096) * 4096)
  const failure = (() => {
    try {
      openProject(folder).close()
    } catch (error) {
      return error as { code: string; data: { recovered: string } }
    }
    return null
  })()
  expect(failure?.code).toBe('PROJECT_DAMAGED')
  expect(backups.list().map(({ file }) => file)).toContain(failure?.data.recovered)
  backups.restore(failure!.data.recovered)
  const again = openProject(folder)
  expect(again.repositories.videos.count()).toBeGreaterThan(200)
  expect(again.repositories.attributes.rows().map(({ name }) => name)).toEqual(['pole'])
  again.close()
})
