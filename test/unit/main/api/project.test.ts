import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Api } from '@shared/contract'
import { ownClient } from '@main/api/own-client'
import { type Studio, openStudio } from '@main/studio'
import { temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
let studio: Studio
let api: Api
let folder: string
beforeEach(async () => {
  home = temporaryFolder()
  const start = () => () => {
    throw new Error('no process is needed here')
  }
  studio = openStudio({ home: join(home.path, 'home'), start, startedBy: 'terminal' })
  api = ownClient(studio)
  folder = join(home.path, 'project')
  await api.project.create({ path: folder, name: 'Kicks' })
  await api.library.createClass({ name: 'Ollie' })
})
afterEach(async () => {
  await studio.close()
  home.remove()
})

const names = async () => (await api.library.classes()).map(({ name }) => name)
const make = (name: string) => api.library.createClass({ name })

describe('the project that is open', () => {
  test('is the same one under another spelling of its folder, and is not held against itself', async () => {
    const link = join(home.path, 'link')
    symlinkSync(folder, link)
    for (const path of [`${folder}/`, `${folder}//`, `${folder}/.`, join(folder, 'media') + '/..', link]) {
      expect(await api.project.open({ path }), path).toMatchObject({ path: folder, name: 'Kicks' })
      expect(await names()).toEqual(['Ollie'])
    }
  })
})

describe('the studio, started again', () => {
  const start = () => () => {
    throw new Error('no process is needed here')
  }
  const again = async (meanwhile = () => {}) => {
    await studio.close()
    meanwhile()
    studio = openStudio({ home: join(home.path, 'home'), start, startedBy: 'studio' })
    api = ownClient(studio)
    await studio.openLast()
    return studio.current()?.name ?? null
  }

  test('opens what was open when it ended; what was closed, or opened by a command, stays closed', async () => {
    expect(await again()).toBeNull()
    await api.project.open({ path: folder })
    expect(await again()).toBe('Kicks')
    await api.project.close()
    expect(await again()).toBeNull()
  })

  test('starts without the project that does not open any more', async () => {
    await again()
    await api.project.open({ path: folder })
    expect(await again(() => writeFileSync(join(folder, 'project.db'), 'no database'))).toBeNull()
  })
})

describe('a project whose folder is gone', () => {
  test('refuses edits in words, and goes on when the folder is back', async () => {
    renameSync(folder, `${folder}-aside`)
    await expect(make('Nollie')).rejects.toMatchObject({ code: 'PROJECT_GONE', data: { path: folder } })
    renameSync(`${folder}-aside`, folder)
    await make('Kickflip')
    expect(await names()).toEqual(['Kickflip', 'Ollie'])
  })

  test('is saved elsewhere with all that was said in it, and goes on there', async () => {
    rmSync(folder, { recursive: true })
    await expect(make('Nollie')).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    const other = join(home.path, 'other')
    expect(await api.project.saveElsewhere({ path: other })).toMatchObject({ path: other, name: 'Kicks', classes: 1 })
    await make('Kickflip')
    await api.project.close()
    await api.project.open({ path: other })
    expect(await names()).toEqual(['Kickflip', 'Ollie'])
  })

  test('is saved with the films and runs that are still there', async () => {
    writeFileSync(join(folder, 'media', 'film.mp4'), 'film')
    for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `project.db${ending}`), { force: true })
    await api.project.saveElsewhere({ path: join(home.path, 'other') })
    expect(existsSync(join(home.path, 'other', 'media', 'film.mp4'))).toBe(true)
    expect(await names()).toEqual(['Ollie'])
  })

  test('is not saved over what is there', async () => {
    rmSync(folder, { recursive: true })
    const other = join(home.path, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'thesis.txt'), 'do not touch')
    await expect(api.project.saveElsewhere({ path: other })).rejects.toMatchObject({ code: 'PROJECT_EXISTS' })
    expect(existsSync(join(other, 'thesis.txt'))).toBe(true)
    expect(existsSync(join(other, 'project.db'))).toBe(false)
  })

  test('that was put back out of a copy is opened anew; while there is none, the open one stays', async () => {
    await api.project.close()
    cpSync(folder, `${folder}-copy`, { recursive: true })
    await api.project.open({ path: folder })
    rmSync(folder, { recursive: true })
    await expect(api.project.open({ path: folder })).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' })
    expect(await names()).toEqual(['Ollie'])
    cpSync(`${folder}-copy`, folder, { recursive: true })
    await expect(make('Nollie')).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    await api.project.open({ path: folder })
    await make('Kickflip')
    expect(await names()).toEqual(['Kickflip', 'Ollie'])
  })
})

test('a project in its place is copied with its folder, not saved elsewhere', async () => {
  const saving = api.project.saveElsewhere({ path: join(home.path, 'other') })
  await expect(saving).rejects.toMatchObject({ code: 'BAD_SETTING' })
  expect(existsSync(join(home.path, 'other'))).toBe(false)
})
