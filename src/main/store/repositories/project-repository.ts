import type { Db } from '../database'
import { project } from '../schema'

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
