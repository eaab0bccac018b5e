import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { homeFolder } from '@main/project/home-folder'
import { createProject } from '@main/project/project'
import { RecentProjects } from '@main/project/recent-projects'
import { temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => (home = temporaryFolder()))
afterEach(() => home.remove())

test('projects opened lately are listed newest first, each once, and those that are gone are said to be', () => {
  const recent = new RecentProjects(join(home.path, 'config'))
  expect(recent.list()).toEqual([])
  const path = join(home.path, 'here')
  createProject(path, 'Here').close()
  recent.add({ path, name: 'Here' }, 1)
  recent.add({ path: '/gone', name: 'Gone' }, 2)
  recent.add({ path, name: 'Here again' }, 3)
  expect(new RecentProjects(join(home.path, 'config')).list()).toEqual([
    { path, name: 'Here again', openedAt: 3, exists: true },
    { path: '/gone', name: 'Gone', openedAt: 2, exists: false },
  ])
})

test('the list is short, and one that cannot be read is empty', () => {
  const recent = new RecentProjects(home.path, 2)
  for (const name of ['a', 'b', 'c']) recent.add({ path: `/${name}`, name })
  expect(recent.list().map(({ name }) => name)).toEqual(['c', 'b'])
  mkdirSync(home.path, { recursive: true })
  writeFileSync(join(home.path, 'recent-projects.json'), '{ broken')
  expect(recent.list()).toEqual([])
})

test('the home folder is the one the environment names, else where the system keeps configuration', () => {
  expect(homeFolder({ WHYNOT_HOME: '/some/where' })).toBe('/some/where')
  expect(homeFolder({})).toMatch(/whynot-studio/)
})

test('a home folder that cannot be written keeps no project from opening', () => {
  const file = join(home.path, 'a-file')
  writeFileSync(file, '')
  expect(new RecentProjects(file).add({ path: '/here', name: 'Here' })).toBeInstanceOf(Error)
})
