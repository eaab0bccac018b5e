import type { Actor } from '@shared/actor'
import type { Db } from '@main/store/database/database'
import { people } from '@main/store/database/schema'

/** The people who worked in the project, for the names beside their answers. */
export class PersonRepository {
  constructor(private readonly db: Db) {}

  all(): Actor[] {
    return this.db.select().from(people).orderBy(people.name).all()
  }

  /** Adds a person, or gives one another name and role. */
  put({ id, name, role }: Actor): void {
    this.db
      .insert(people)
      .values({ id, name, role })
      .onConflictDoUpdate({ target: people.id, set: { name, role } })
      .run()
  }
}
