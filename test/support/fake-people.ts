import type { Implementer } from './fake-api'
import { type Actor, owner } from '@shared/actor'
import type { Person } from '@shared/contract/people'
import { LinkId, PersonId, SessionId } from '@shared/ids'

export function aPerson(of: Partial<Person> = {}): Person {
  return { ...owner, addedAt: 0, revokedAt: null, links: [], sessions: [], ...of }
}

/** The list of people in memory. */
export function fakePeople({ people }: Implementer, state: { me: Actor; people: Person[] }) {
  const of = (id: string) => state.people.find((person) => person.id === id)
  const expiresAt = 7 * 24 * 3600 * 1000
  const linkFor = (person: PersonId) => {
    const link = LinkId.parse(`link-${person}`)
    of(person)?.links.push({ id: link, createdAt: 0, expiresAt, usedAt: null })
    return { person, link, path: `/?token=secret-of-${person}`, expiresAt }
  }
  return {
    me: people.me.handler(() => state.me),
    list: people.list.handler(() => state.people),
    add: people.add.handler(({ input }) => {
      const id = PersonId.parse(input.name.toLowerCase())
      state.people.push(aPerson({ id, ...input }))
      return linkFor(id)
    }),
    rename: people.rename.handler(({ input }) => {
      const person = of(input.id)
      if (person) person.name = input.name
      return null
    }),
    revoke: people.revoke.handler(({ input }) => {
      const person = of(input.id)
      if (person) Object.assign(person, { revokedAt: 1, links: [], sessions: [] })
      return null
    }),
    createLink: people.createLink.handler(({ input }) => linkFor(input.id)),
    removeLink: people.removeLink.handler(({ input }) => {
      for (const person of state.people) person.links = person.links.filter(({ id }) => id !== input.id)
      return null
    }),
    createToken: people.createToken.handler(({ input }) => {
      const session = SessionId.parse(`token-${input.name}`)
      of(input.id)?.sessions.push({ id: session, kind: 'token', name: input.name, createdAt: 0, seenAt: 0 })
      return { session, token: 'secret-token' }
    }),
    endSession: people.endSession.handler(({ input }) => {
      for (const person of state.people) person.sessions = person.sessions.filter(({ id }) => id !== input.id)
      return null
    }),
  }
}
