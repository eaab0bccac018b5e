import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Actor, owner } from '@shared/actor'
import { PersonId } from '@shared/ids'
import { type PeopleOfProject, PeopleService } from '@main/people/people-service'
import { openAccess } from '@main/store/access/access-database'
import { AccessRepository } from '@main/store/access/access-repository'
import { temporaryFolder } from '../../../support/project'

const made: (() => void)[] = []
afterEach(() => made.splice(0).forEach((undo) => undo()))

const day = 24 * 3600 * 1000

/** People of the project "p1", with a clock of their own. */
function aList() {
  const home = temporaryFolder()
  made.push(home.remove)
  const kept: Actor[] = []
  let at = 1000
  let project: PeopleOfProject | null = { uid: () => 'p1', keep: (actor) => void kept.push(actor) }
  const open = () => {
    const people = new PeopleService(
      new AccessRepository(openAccess(home.path)),
      () => project,
      () => {},
      () => at,
    )
    made.unshift(() => people.close())
    return people
  }
  return {
    ...{ open, kept, home: home.path, people: open() },
    later: (ms: number) => void (at += ms),
    inProject: (uid: string | null) => void (project = uid === null ? null : { uid: () => uid, keep: () => {} }),
  }
}
const secretOf = ({ path }: { path: string }) => new URL(path, 'http://studio').searchParams.get('token') ?? ''

test('a link works once and becomes a session, which is good again after a restart', () => {
  const { people, open, kept } = aList()
  const link = people.add(owner, { name: 'Ann', role: 'annotator' })
  const session = people.enter(secretOf(link), 'Chromium') ?? ''
  expect(people.enter(secretOf(link), 'Chromium')).toBeNull()
  const ann = { id: link.person, name: 'Ann', role: 'annotator' }
  expect(open().holder(session)?.actor).toEqual(ann)
  expect(kept).toEqual([ann, ann])
})

test('a link that nobody used in a week, or that was taken back, is good for nothing', () => {
  const { people, later } = aList()
  const [old, taken] = [people.add(owner, { name: 'Ann', role: 'annotator' }), people.createLink(owner, owner.id)]
  people.removeLink(owner, taken.link)
  later(8 * day)
  expect([people.enter(secretOf(old), ''), people.enter(secretOf(taken), '')]).toEqual([null, null])
})

test('a browser that was away for two months asks for a new link; a token stays', () => {
  const { people, later } = aList()
  const link = people.add(owner, { name: 'Ann', role: 'annotator' })
  const session = people.enter(secretOf(link), 'Chromium') ?? ''
  const { token } = people.createToken(owner, link.person, 'nightly script')
  later(59 * day)
  expect(people.holder(session)).not.toBeNull()
  later(61 * day)
  expect([people.holder(session), people.holder(token)?.actor.name]).toEqual([null, 'Ann'])
})

test('a session that was ended and a person who was revoked are refused, whichever process asks', () => {
  const { people, open } = aList()
  const beside = open()
  const link = people.add(owner, { name: 'Ann', role: 'annotator' })
  const first = people.enter(secretOf(link), 'Chromium') ?? ''
  const second = people.enter(secretOf(people.createLink(owner, link.person)), 'Firefox') ?? ''
  const ended = people.holder(first)?.session
  if (ended) people.endSession(owner, ended)
  expect([beside.holder(first), beside.holder(second)?.actor.name]).toEqual([null, 'Ann'])
  people.revoke(owner, link.person)
  expect(beside.holder(second)).toBeNull()
  expect(() => people.createLink(owner, link.person)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(people.list(owner).find(({ id }) => id === link.person)).toMatchObject({ sessions: [], revokedAt: 1000 })
})

test('people belong to a project, owners to the studio', () => {
  const { people, inProject } = aList()
  const ann = people.enter(secretOf(people.add(owner, { name: 'Ann', role: 'annotator' })), '') ?? ''
  const olaf = people.enter(secretOf(people.add(owner, { name: 'Olaf', role: 'owner' })), '') ?? ''
  inProject('p2')
  expect([people.holder(ann), people.holder(olaf)?.actor.name]).toEqual([null, 'Olaf'])
  expect(people.list(owner).map(({ name }) => name)).toEqual(['Owner', 'Olaf'])
  inProject(null)
  expect(() => people.add(owner, { name: 'Bea', role: 'reviewer' })).toThrow(/No project is open/)
})

test('only an owner sees and changes who may come', () => {
  const { people } = aList()
  const ann: Actor = { id: PersonId.parse('ann'), name: 'Ann', role: 'reviewer' }
  const refused = expect.objectContaining({ code: 'NOT_ALLOWED', data: { role: 'reviewer', needs: 'owner' } })
  expect(() => people.list(ann)).toThrow(refused)
  expect(() => people.add(ann, { name: 'x', role: 'owner' })).toThrow(refused)
  expect(() => people.createToken(ann, ann.id, 'x')).toThrow(refused)
  expect(() => people.revoke(owner, owner.id)).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
})

test('where the home folder cannot be written the studio starts, and forgets with its process', () => {
  const folder = temporaryFolder()
  made.push(folder.remove)
  writeFileSync(join(folder.path, 'home'), 'a file stands where the folder would be')
  const access = openAccess(join(folder.path, 'home'))
  expect(access.forgotten).toBeInstanceOf(Error)
  const people = new PeopleService(
    new AccessRepository(access),
    () => null,
    () => {},
  )
  expect(people.enter(secretOf(people.createLink(owner, owner.id)), 'Chromium')).toEqual(expect.any(String))
  people.close()
})
