import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTerminal } from '@main/hosts/terminal/node-terminal'
import { runProgram } from '@main/hosts/terminal/program'
import { openPeople } from '@main/people/open-people'
import { aProject } from '../../../support/project'

/** A project that a studio holds, and the terminal beside it. */
function beside() {
  const { project, folder, remove } = aProject()
  const home = join(folder, '..', 'home')
  const seen = { out: '', err: '' }
  const terminal = openTerminal({
    out: { write: (text) => (seen.out += text) },
    err: { write: (text) => (seen.err += text) },
    ...{ cwd: folder, env: { WHYNOT_HOME: home }, interrupted: new AbortController().signal, exitCode: () => {} },
  })
  const parts = { open: () => expect.fail('no studio is needed'), browserEntry: '' }
  const run = async (...argv: string[]) => {
    Object.assign(seen, { out: '', err: '' })
    await runProgram(terminal, parts, argv)
    return seen
  }
  return { project, home, folder, run, [Symbol.dispose]: remove }
}

test('the terminal lets somebody in, lists and puts out, while a studio holds the project', async () => {
  using place = beside()
  const { path } = JSON.parse((await place.run('people', 'add', 'Ann', '--role', 'reviewer', '--json')).out) as {
    path: string
  }
  const people = openPeople(place.home, place.folder)
  const session = people.enter(new URL(path, 'http://studio').searchParams.get('token') ?? '', 'Chromium') ?? ''
  expect(people.holder(session)?.actor).toMatchObject({ name: 'Ann', role: 'reviewer' })
  expect((await place.run('people', 'list')).out).toMatch(/Owner {2}owner.*Ann {2}reviewer.*\n {2}browser Chromium/s)
  await place.run('people', 'revoke', 'Ann')
  expect(people.holder(session)).toBeNull()
  people.close()
})

test('adding somebody who is there makes another link; a token is for scripts', async () => {
  using place = beside()
  const add = async (...more: string[]) =>
    JSON.parse((await place.run('people', 'add', 'Ann', '--json', ...more)).out) as { person: string; token?: string }
  const first = await add()
  expect((await add()).person).toBe(first.person)
  const { person, token } = await add('--token', 'nightly')
  const people = openPeople(place.home, place.folder)
  expect([person, people.holder(token ?? '')?.actor.name]).toEqual([first.person, 'Ann'])
  people.close()
})

test('a name that nobody has is said, with those there are', async () => {
  using place = beside()
  expect((await place.run('people', 'revoke', 'Zoe')).err).toMatch(/known: Owner/)
})
