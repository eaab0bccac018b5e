import { createHash, randomBytes } from 'node:crypto'
import { type Actor, type Role, owner, requireRole } from '@shared/actor'
import type { Person } from '@shared/contract/people'
import { Failure } from '@shared/failures'
import { LinkId, PersonId, SessionId } from '@shared/ids'
import type { AccessRepository } from '@main/store/access/access-repository'
import { newId } from '@main/store/database/new-id'

const day = 24 * 3600 * 1000
/** A link is for today's mail, not for a drawer. */
const linkLifeMs = 7 * day
/** A browser that was not seen for this long is asked for a new link. Tokens stay until they are taken back. */
const sessionLifeMs = 60 * day
/** How exactly it is kept when somebody was last here. */
const seenEveryMs = 60_000

/** The open project, as far as people are concerned. */
export interface PeopleOfProject {
  uid(): string
  /** Keeps the name beside the answers. */
  keep(actor: Actor): void
}

export interface Entered {
  actor: Actor
  session: SessionId
}

/** Who may come in, by which links and sessions; the same for every host. */
export class PeopleService {
  constructor(
    private readonly access: AccessRepository,
    private readonly project: () => PeopleOfProject | null,
    private readonly onChange: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Everybody of the open project, owners included, with their open links and their sessions. */
  list(actor: Actor): Person[] {
    requireRole(actor, 'owner')
    return this.access.people(this.project()?.uid() ?? null).map((row) => ({
      ...{ id: row.id, name: row.name, role: row.role, addedAt: row.addedAt, revokedAt: row.revokedAt },
      links: this.access
        .links(row.id)
        .filter(({ usedAt, expiresAt }) => usedAt === null && expiresAt > this.now())
        .map(({ id, createdAt, expiresAt, usedAt }) => ({ id, createdAt, expiresAt, usedAt })),
      sessions: this.access
        .sessions(row.id)
        .map(({ id, kind, name, createdAt, seenAt }) => ({ id, kind, name, createdAt, seenAt })),
    }))
  }

  /** Adds a person to the open project (an owner to the studio) and makes their first link. Throws NO_PROJECT. */
  add(actor: Actor, { name, role }: { name: string; role: Role }) {
    requireRole(actor, 'owner')
    const project = this.project()
    if (!project && role !== 'owner') throw new Failure('NO_PROJECT', {})
    const id = newId(PersonId)
    const bound = role === 'owner' ? null : (project?.uid() ?? null)
    this.access.addPerson({ id, name, role, project: bound, addedAt: this.now(), revokedAt: null })
    project?.keep({ id, name, role })
    return this.createLink(actor, id)
  }

  rename(actor: Actor, id: PersonId, name: string): void {
    requireRole(actor, 'owner')
    const { role } = this.known(id)
    this.access.rename(id, name)
    this.project()?.keep({ id, name, role })
    this.onChange()
  }

  /** Ends every way in of a person at once. Throws BAD_SETTING for the owner of the machine, who needs none. */
  revoke(actor: Actor, id: PersonId): void {
    requireRole(actor, 'owner')
    if (this.known(id).id === owner.id)
      throw new Failure('BAD_SETTING', {
        setting: 'id',
        reason: 'The owner of the machine stays; end sessions instead.',
      })
    this.access.revoke(id, this.now())
    this.onChange()
  }

  createLink(actor: Actor, person: PersonId) {
    requireRole(actor, 'owner')
    if (this.known(person).revokedAt !== null) throw new Failure('NOT_FOUND', { kind: 'person', id: person })
    const secret = newSecret()
    const [link, createdAt] = [newId(LinkId), this.now()]
    const expiresAt = createdAt + linkLifeMs
    this.access.addLink({ id: link, person, hash: hashOf(secret), createdAt, expiresAt, usedAt: null })
    this.onChange()
    return { person, link, path: `/?token=${secret}`, expiresAt }
  }

  removeLink(actor: Actor, id: LinkId): void {
    requireRole(actor, 'owner')
    if (!this.access.removeLink(id)) throw new Failure('NOT_FOUND', { kind: 'link', id })
    this.onChange()
  }

  createToken(actor: Actor, person: PersonId, name: string) {
    requireRole(actor, 'owner')
    if (this.known(person).revokedAt !== null) throw new Failure('NOT_FOUND', { kind: 'person', id: person })
    const { session, secret } = this.newSession(person, 'token', name)
    this.onChange()
    return { session, token: secret }
  }

  endSession(actor: Actor, id: SessionId): void {
    requireRole(actor, 'owner')
    if (!this.access.removeSession(id)) throw new Failure('NOT_FOUND', { kind: 'session', id })
    this.onChange()
  }

  /**
   * Exchanges a link for a session.
   * @param browser what the browser calls itself
   * @returns the session's secret, or null where the link was used, is over, or never was
   */
  enter(secret: string, browser: string): string | null {
    const person = this.access.useLink(hashOf(secret), this.now())
    if (!person) return null
    const session = this.newSession(person, 'browser', browser)
    this.keepName(person)
    this.onChange()
    return session.secret
  }

  /** Who holds this secret of a session or a token, or null where nobody may come in with it (now, into this project). */
  holder(secret: string): Entered | null {
    const found = this.access.bySecret(hashOf(secret))
    if (!found) return null
    const { session, person } = found
    const [now, project] = [this.now(), this.project()]
    if (session.kind === 'browser' && now - session.seenAt > sessionLifeMs) return null
    if (person.project !== null && person.project !== project?.uid()) return null
    if (now - session.seenAt > seenEveryMs) this.access.seen(session.id, now)
    return { actor: { id: person.id, name: person.name, role: person.role }, session: session.id }
  }

  close(): void {
    this.access.close()
  }

  /** Somebody who was added by another process is new to the project; a disk that is full now is no reason to stay out. */
  private keepName(id: PersonId): void {
    const row = this.access.person(id)
    try {
      if (row) this.project()?.keep({ id, name: row.name, role: row.role })
    } catch {
      // It is kept when they come again.
    }
  }

  private newSession(person: PersonId, kind: 'browser' | 'token', name: string) {
    const [secret, session, now] = [newSecret(), newId(SessionId), this.now()]
    this.access.addSession({ id: session, person, kind, hash: hashOf(secret), name, createdAt: now, seenAt: now })
    return { session, secret }
  }

  private known(id: PersonId) {
    const person = this.access.person(id)
    const project = this.project()?.uid()
    if (!person || (person.project !== null && person.project !== project))
      throw new Failure('NOT_FOUND', { kind: 'person', id })
    return person
  }
}

/** 192 bits: beyond guessing, so a plain hash of it is enough. */
function newSecret(): string {
  return randomBytes(24).toString('base64url')
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
