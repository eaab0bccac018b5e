import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Actor, type Role, owner } from '@shared/actor'
import { contract } from '@shared/contract'
import { PersonId } from '@shared/ids'
import { pathFields, pathsIn } from '@main/api/within-reach'
import { makeFolder } from '@main/files/make-folder'
import { Reach } from '@main/files/reach'
import { temporaryFolder } from '../../../support/project'

const made: (() => void)[] = []
afterEach(() => made.splice(0).forEach((undo) => undo()))

const as = (role: Role): Actor => ({ id: PersonId.parse(role), name: role, role })
const refused = expect.objectContaining({ code: 'OUT_OF_REACH' })

/** <folder>/films is a root; <folder>/films/away is a link to <folder>/private. */
function aMachine() {
  const { path, remove } = temporaryFolder()
  made.push(remove)
  for (const name of ['films', 'private']) mkdirSync(join(path, name))
  symlinkSync(join(path, 'private'), join(path, 'films', 'away'))
  return { folder: path, films: join(path, 'films') }
}

test('the owner at the machine reaches what the account reaches; from elsewhere the roots alone', () => {
  const { folder, films } = aMachine()
  expect(() => new Reach({ roots: [], ownerEverywhere: true }).check(owner, '/etc/passwd')).not.toThrow()
  const served = new Reach({ roots: [films], ownerEverywhere: false })
  expect(() => served.check(owner, join(films, 'a', 'new.mp4'))).not.toThrow()
  for (const path of ['/etc/passwd', folder, join(films, '..', 'private'), join(films, 'away', 'x.mp4'), `${films}2`])
    expect(() => served.check(owner, path), path).toThrow(refused)
})

test('a reviewer reaches the roots, an annotator nothing, wherever the server listens', () => {
  const { films } = aMachine()
  const local = new Reach({ roots: [films], ownerEverywhere: true })
  expect(() => local.check(as('reviewer'), join(films, 'a.mp4'))).not.toThrow()
  expect(() => local.check(as('reviewer'), '/etc/passwd')).toThrow(refused)
  expect(() => local.check(as('annotator'), join(films, 'a.mp4'))).toThrow(refused)
})

test('a refusal says the same of what is there and of what is not', () => {
  const served = new Reach({ roots: [], ownerEverywhere: false })
  const dataOf = (path: string) => {
    try {
      served.check(owner, path)
    } catch (error) {
      return { ...(error as { data: object }).data, path: '' }
    }
    return null
  }
  expect(dataOf('/etc/passwd')).toEqual(dataOf('/etc/no-such-file'))
})

test('every input of the contract that names a path is looked at', () => {
  const names = Object.values(contract).flatMap((area) =>
    Object.entries(area).flatMap(([name, procedure]) => {
      const schema = procedure['~orpc'].inputSchema as { shape?: Record<string, unknown> } | undefined
      return Object.keys(schema?.shape ?? {})
        .filter((field) => /path|file|folder|list$|^out$/i.test(field))
        .map((field) => ({ name, field }))
    }),
  )
  expect(names.length).toBeGreaterThan(5)
  for (const { name, field } of names) expect(pathFields, `${name}.${field}`).toContain(field)
  expect(pathsIn({ paths: ['/a', '/b'], trainList: '/c', path: 7, name: '/d' })).toEqual(['/a', '/b', '/c'])
})

test.each(['/proc/x', '/proc/self/x/y', '/sys/kernel/x', '/dev/x'])(
  'no folder is made at %s, and nothing hangs',
  (path) => {
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' }))
  },
)
