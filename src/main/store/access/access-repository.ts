import type { LinkId, PersonId, SessionId } from '@shared/ids'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { AccessDatabase } from './access-database'
import { links, persons, sessions } from './access-schema'

export type PersonRow = typeof persons.$inferSelect
export type LinkRow = typeof links.$inferSelect
export type SessionRow = typeof sessions.$inferSelect

/** People, links and sessions as they are stored. Secrets are known by their hashes alone. */
export class AccessRepository {
  constructor(private readonly access: AccessDatabase) {}

  private get db() {
    return this.access.db
  }

  /** Those of a project and the owners; without a project the owners alone. */
  people(project: string | null): PersonRow[] {
    const theirs =
      project === null ? isNull(persons.project) : or(isNull(persons.project), eq(persons.project, project))
    return this.db.select().from(persons).where(theirs).orderBy(persons.addedAt).all()
  }

  person(id: PersonId): PersonRow | null {
    return this.db.select().from(persons).where(eq(persons.id, id)).get() ?? null
  }

  addPerson(row: PersonRow): void {
    this.db.insert(persons).values(row).run()
  }

  rename(id: PersonId, name: string): void {
    this.db.update(persons).set({ name }).where(eq(persons.id, id)).run()
  }

  /** Ends every way in of a person. The row stays: their answers keep their name. */
  revoke(id: PersonId, revokedAt: number): void {
    this.db.transaction((db) => {
      db.update(persons).set({ revokedAt }).where(eq(persons.id, id)).run()
      db.delete(links).where(eq(links.person, id)).run()
      db.delete(sessions).where(eq(sessions.person, id)).run()
    })
  }

  links(person: PersonId): LinkRow[] {
    return this.db.select().from(links).where(eq(links.person, person)).orderBy(links.createdAt).all()
  }

  addLink(row: LinkRow): void {
    this.db.insert(links).values(row).run()
  }

  /** Marks the link as used and gives its person; null where it was used, is over, or never was. */
  useLink(hash: string, now: number): PersonId | null {
    const open = and(eq(links.hash, hash), isNull(links.usedAt), gt(links.expiresAt, now))
    const used = this.db.update(links).set({ usedAt: now }).where(open).returning({ person: links.person }).get()
    return used?.person ?? null
  }

  removeLink(id: LinkId): boolean {
    return this.db.delete(links).where(eq(links.id, id)).run().changes > 0
  }

  sessions(person: PersonId): SessionRow[] {
    return this.db.select().from(sessions).where(eq(sessions.person, person)).orderBy(sessions.createdAt).all()
  }

  addSession(row: SessionRow): void {
    this.db.insert(sessions).values(row).run()
  }

  /** The session of this secret and its person; null where there is none or the person may no longer come. */
  bySecret(hash: string): { session: SessionRow; person: PersonRow } | null {
    const found = this.db
      .select({ session: sessions, person: persons })
      .from(sessions)
      .innerJoin(persons, eq(persons.id, sessions.person))
      .where(and(eq(sessions.hash, hash), isNull(persons.revokedAt)))
      .get()
    return found ?? null
  }

  seen(id: SessionId, seenAt: number): void {
    this.db.update(sessions).set({ seenAt }).where(eq(sessions.id, id)).run()
  }

  removeSession(id: SessionId): boolean {
    return this.db.delete(sessions).where(eq(sessions.id, id)).run().changes > 0
  }

  close(): void {
    this.access.close()
  }
}
