import type { Db } from '@main/store/database/database'
import { project } from '@main/store/database/schema'

/** What the project says of itself. */
export class ProjectRepository {
  constructor(private readonly db: Db) {}

  name(): string {
    return this.db.select().from(project).get()?.name ?? ''
  }

  create(name: string, createdAt: number): void {
    this.db.insert(project).values({ id: 1, name, createdAt }).run()
  }
}
