import type { RunId, VideoId } from '@shared/ids'
import { and, eq } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { explanations } from '@main/store/database/schema'

/** Which answer: asked of a run about a video; `question` is canonical text of all else that was asked. */
export interface Asked {
  run: RunId
  video: VideoId
  question: string
}

/** Answers that were worked out before. A run never changes once it is done, so neither do they. */
export class ExplanationRepository {
  constructor(private readonly db: Db) {}

  /** The stored answer, or null. */
  find({ run, video, question }: Asked): unknown {
    const row = this.db
      .select({ answer: explanations.answer })
      .from(explanations)
      .where(and(eq(explanations.run, run), eq(explanations.video, video), eq(explanations.question, question)))
      .get()
    return row?.answer ?? null
  }

  keep(asked: Asked, answer: unknown, at: number): void {
    this.db
      .insert(explanations)
      .values({ ...asked, answer, at })
      .onConflictDoNothing()
      .run()
  }
}
