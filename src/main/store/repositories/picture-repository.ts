import { createHash } from 'node:crypto'
import { Failure } from '@shared/failures'
import { PictureId } from '@shared/ids'
import { eq, inArray } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { attributes, pictures } from '@main/store/database/schema'

/** Pictures of words and of the project's guidelines, as WebP. The same content is stored once. */
export class PictureRepository {
  constructor(private readonly db: Db) {}

  /** Stores a WebP under the name of its content. */
  keep(bytes: Uint8Array): PictureId {
    const id = PictureId.parse(createHash('sha256').update(bytes).digest('hex'))
    this.db
      .insert(pictures)
      .values({ id, bytes: Buffer.from(bytes) })
      .onConflictDoNothing()
      .run()
    return id
  }

  /** Those of these ids that there are. */
  ofIds(ids: readonly string[]): { id: PictureId; bytes: Uint8Array }[] {
    const wanted = inArray(pictures.id, ids as PictureId[])
    return this.db.select().from(pictures).where(wanted).all()
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
