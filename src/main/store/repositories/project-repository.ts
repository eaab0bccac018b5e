import { z } from 'zod'
import type { Db } from '@main/store/database/database'
import { newId } from '@main/store/database/new-id'
import { project } from '@main/store/database/schema'

/** What the project says of itself. */
export class ProjectRepository {
  constructor(private readonly db: Db) {}

  name(): string {
    return this.db.select().from(project).get()?.name ?? ''
  }

  /** Stays the same wherever the folder goes. */
  uid(): string {
    return this.db.select().from(project).get()?.uid ?? ''
  }

  /** How to answer, in Markdown; empty where nothing is said. */
  guidelines(): string {
    return this.db.select().from(project).get()?.guidelines ?? ''
  }

  setGuidelines(guidelines: string): void {
    this.db.update(project).set({ guidelines }).run()
  }

  create(name: string, createdAt: number): void {
    this.db
      .insert(project)
      .values({ id: 1, name, createdAt, uid: newId(z.string()) })
      .run()
  }
}
