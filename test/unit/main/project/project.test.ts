import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProject, openProject } from '@main/project/project'
import { migrations } from '@main/store/migrations'
import { ProjectBuilder, temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
let folder: string
beforeEach(() => {
  home = temporaryFolder()
  folder = join(home.path, 'my project 测试 👀')
})
afterEach(() => home.remove())

function aClosedProject(): string {
  createProject(folder).close()
  return join(folder, 'project.db')
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('a new project', () => {
  test('is made in a folder that is not there yet, and named after it', () => {
    const project = createProject(folder)
    expect(project.info()).toEqual({
      id: project.repositories.project.uid(),
      path: folder,
      name: 'my project 测试 👀',
      schemaVersion: migrations.length,
      videos: 0,
      classes: 0,
      attributes: 0,
      problems: 0,
    })
    project.close()
    expect(readdirSync(folder).sort()).toEqual(['backups', 'exports', 'media', 'project.db', 'project.lock', 'runs'])
  })

  test('is refused where a project or other files are, and leaves them alone', () => {
    aClosedProject()
    expect(() => createProject(folder)).toThrow(expect.objectContaining({ code: 'PROJECT_EXISTS' }))
    const other = join(home.path, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'thesis.txt'), 'do not touch')
    expect(() => createProject(other)).toThrow(expect.objectContaining({ code: 'PROJECT_EXISTS' }))
    expect(readdirSync(other)).toEqual(['thesis.txt'])
  })

  test('is refused where a folder cannot be made, and says why', () => {
    writeFileSync(join(home.path, 'file'), '')
    expect(() => createProject(join(home.path, 'file', 'project'))).toThrow(
      expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' }),
    )
  })
})

describe('opening', () => {
  test('brings back what was there, also after the folder has moved', () => {
    const project = createProject(folder, 'Skate')
    const inside = new ProjectBuilder(project).video({ path: project.paths.stored(join(folder, 'sources', 'a.mp4')) })
    project.close()
    const moved = join(home.path, 'moved')
    spawnSync('mv', [folder, moved])
    const again = openProject(moved)
    expect(again.info()).toMatchObject({ name: 'Skate', videos: 1, path: moved })
    expect(again.paths.absolute(again.repositories.videos.get(inside).path)).toBe(join(moved, 'sources', 'a.mp4'))
    again.close()
  })

  test('a folder without a project says so', () => {
    expect(() => openProject(home.path)).toThrow(expect.objectContaining({ code: 'PROJECT_NOT_FOUND' }))
  })

  test('a project of a newer version is refused and stays as it is, byte for byte', () => {
    const file = aClosedProject()
    const client = new Sqlite(file)
    client.pragma('user_version = 99')
    client.close()
    const before = digest(file)
    expect(() => openProject(folder)).toThrow(
      expect.objectContaining({
        code: 'PROJECT_FROM_FUTURE',
        data: { path: file, version: 99, supported: migrations.length },
      }),
    )
    expect(digest(file)).toBe(before)
    expect(readdirSync(folder).filter((name) => name.startsWith('project.db'))).toEqual(['project.db'])
  })

  test.each([
    ['a text file', (file: string) => writeFileSync(file, 'this is no database at all, it is a text'.repeat(200))],
    ['an empty file', (file: string) => writeFileSync(file, '')],
    ['a page of noise in the middle', (file: string) => writeFileSync(file, withNoise(readFileSync(file)))],
    ['half a file', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 20_000))],
    ['a database of another program', makeForeign],
  ])('%s is refused as damaged and nothing is written to it', (_, damage) => {
    const file = aClosedProject()
    damage(file)
    const before = digest(file)
    expect(() => openProject(folder)).toThrow(expect.objectContaining({ code: 'PROJECT_DAMAGED' }))
    expect(digest(file)).toBe(before)
  })

  test('a second writer waits, then is told that the project is in use; readers are not kept out', () => {
    aClosedProject()
    const first = openProject(folder)
    expect(() => openProject(folder, { patienceMs: 100 })).toThrow(expect.objectContaining({ code: 'DATABASE_BUSY' }))
    const reader = openProject(folder, { readonly: true })
    new ProjectBuilder(first).video({ name: 'clip' })
    expect(reader.repositories.videos.names()).toEqual(['clip'])
    reader.close()
    first.close()
    openProject(folder).close()
  })

  test('a folder that cannot be written to is refused with the reason, for making and for opening', () => {
    const file = aClosedProject()
    const before = digest(file)
    chmodSync(home.path, 0o755)
    chmodSync(folder, 0o555)
    const refused = expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' })
    powerless(() => {
      expect(() => openProject(folder)).toThrow(refused)
      expect(() => createProject(join(folder, 'inside'))).toThrow(refused)
    })
    chmodSync(folder, 0o755)
    expect(digest(file)).toBe(before)
  })

  test('what a reader tries to write is refused', () => {
    aClosedProject()
    const reader = openProject(folder, { readonly: true })
    expect(() => reader.transaction(() => new ProjectBuilder(reader).video())).toThrow(
      expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' }),
    )
    reader.close()
  })
})

test('an older project is copied to backups before it is brought up to date', () => {
  const file = aClosedProject()
  const before = openProject(folder)
  new ProjectBuilder(before).class('Ollie')
  before.close()
  const next = { version: migrations.length + 1, up: (db: Sqlite.Database) => void db.exec('create table extra (x)') }
  const project = openProject(folder, { migrations: [...migrations, next] })
  expect(project.info().schemaVersion).toBe(migrations.length + 1)
  project.close()
  // The other one is that of the day, made at the first opening.
  const copy = readdirSync(join(folder, 'backups')).find((name) => name.includes(`-v${migrations.length}-`))
  const old = new Sqlite(join(folder, 'backups', copy!), { readonly: true })
  expect(old.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(old.prepare('select name from class').all()).toEqual([{ name: 'Ollie' }])
  old.close()
  expect(existsSync(file)).toBe(true)
})

test('a step that fails leaves the project at the version it had', () => {
  aClosedProject()
  const bad = {
    version: migrations.length + 1,
    up: (db: Sqlite.Database) => {
      db.exec('create table extra (x)')
      throw new Error('no')
    },
  }
  expect(() => openProject(folder, { migrations: [...migrations, bad] })).toThrow('no')
  const project = openProject(folder)
  expect(project.info().schemaVersion).toBe(migrations.length)
  project.close()
})

function withNoise(content: Buffer): Buffer {
  return Buffer.concat([content.subarray(0, 4096 * 3), Buffer.alloc(4096 * 4, 0xa5), content.subarray(4096 * 7)])
}

function makeForeign(file: string): void {
  writeFileSync(file, '')
  const client = new Sqlite(file)
  client.exec('create table bookmarks (url text)')
  client.close()
}

/** Runs something without the rights of an administrator, for whom no folder is read-only. */
function powerless(action: () => void): void {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65534)
  try {
    action()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}
