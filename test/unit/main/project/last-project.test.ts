import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LastProject } from '@main/project/last-project'
import { temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => (home = temporaryFolder()))
afterEach(() => home.remove())

test('what was open when the studio ended is known to the next one, until it is closed', () => {
  const config = join(home.path, 'config')
  expect(new LastProject(config).folder()).toBeNull()
  expect(new LastProject(config).keep('/some/project')).toBeNull()
  expect(new LastProject(config).folder()).toBe('/some/project')
  new LastProject(config).keep(null)
  expect(new LastProject(config).folder()).toBeNull()
})

test('a home folder that cannot be written keeps no project from opening', () => {
  const file = join(home.path, 'a-file')
  writeFileSync(file, '')
  expect(new LastProject(file).keep('/here')).toBeInstanceOf(Error)
  expect(new LastProject(file).folder()).toBeNull()
})
