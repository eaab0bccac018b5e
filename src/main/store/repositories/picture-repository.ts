import { Failure } from '@shared/failures'
import type { PictureId } from '@shared/ids'
import { eq } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { attributes, pictures } from '@main/store/database/schema'

/** Pictures of words. The same content is stored once. */
export class PictureRepository {
  constructor(private readonly db: Db) {}

  put(picture: typeof pictures.$inferInsert): void {
    this.db.insert(pictures).values(picture).onConflictDoNothing().run()
  }

  /** The WebP of a picture that a word has now: what was taken away is shown to nobody. Throws Failure NOT_FOUND. */
  shown(id: PictureId): Uint8Array {
    const found = this.db
      .select({ bytes: pictures.bytes })
      .from(pictures)
      .innerJoin(attributes, eq(attributes.picture, pictures.id))
      .where(eq(pictures.id, id))
      .get()
    if (!found) throw new Failure('NOT_FOUND', { kind: 'picture', id })
    return found.bytes
  }
}
