import type { Evaluation, Outcome } from '@shared/contract/evaluation'
import { Failure } from '@shared/failures'
import type { EvaluationId, OutcomeId, RunId } from '@shared/ids'
import { and, asc, desc, eq, getTableColumns, gt, lte, ne, or, sql } from 'drizzle-orm'
import { alias, union } from 'drizzle-orm/sqlite-core'
import type { Db } from '@main/store/database/database'
import { evaluations, labelChanges, layerChanges, marks, outcomes, runs, videos } from '@main/store/database/schema'
import { OutcomeId as OutcomeIdBrand } from '@shared/ids'
import { insertMany } from './insert-many'

type EvaluationRow = typeof evaluations.$inferSelect
export type NewEvaluation = Omit<Evaluation, 'staleVideos' | 'notes'> & Pick<EvaluationRow, 'campaign'>
export type EvaluationPatch = Partial<Omit<NewEvaluation, 'id' | 'run' | 'createdAt'>>
export type NewOutcome = Omit<Outcome, 'id' | 'mark'>
/** The numbers of an output, without its place: a large evaluation has gigabytes of tubes. */
export type OutcomeNumbers = Omit<Outcome, 'tube' | 'mark'>

/** Columns by which outcomes are chosen in the database; finer choices are made by who reads them. */
export interface OutcomeFilter {
  method?: string
  topRank?: number
}

/** Measurements: the table of each, the rows behind every number, and what people said of them. */
export class EvaluationRepository {
  constructor(private readonly db: Db) {}

  /** Newest first. */
  list(): Evaluation[] {
    const rows = this.db.select().from(evaluations).orderBy(desc(evaluations.createdAt), desc(evaluations.id)).all()
    return rows.map((row) => this.evaluationOf(row))
  }

  find(id: EvaluationId): Evaluation | null {
    const row = this.db.select().from(evaluations).where(eq(evaluations.id, id)).get()
    return row ? this.evaluationOf(row) : null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: EvaluationId): Evaluation {
    const evaluation = this.find(id)
    if (!evaluation) throw new Failure('NOT_FOUND', { kind: 'evaluation', id })
    return evaluation
  }

  ofRun(run: RunId): Evaluation[] {
    return this.list().filter((evaluation) => evaluation.run === run)
  }

  create(evaluation: NewEvaluation): void {
    this.db.insert(evaluations).values(evaluation).run()
  }

  /** Throws Failure NOT_FOUND. */
  update(id: EvaluationId, patch: EvaluationPatch): Evaluation {
    if (Object.keys(patch).length > 0) this.db.update(evaluations).set(patch).where(eq(evaluations.id, id)).run()
    return this.get(id)
  }

  remove(id: EvaluationId): void {
    this.db.delete(evaluations).where(eq(evaluations.id, id)).run()
  }

  /**
   * Adds outcomes after those that are there, in one transaction.
   * @param at which of the evaluation's outcomes the first one is: those that are there already are left out
   */
  addOutcomes(evaluation: EvaluationId, rows: readonly NewOutcome[], at?: number): void {
    this.db.transaction((tx) => {
      const first = tx
        .select({ position: outcomes.position })
        .from(outcomes)
        .where(eq(outcomes.evaluation, evaluation))
        .orderBy(desc(outcomes.position))
        .limit(1)
        .get()
      const from = first ? first.position + 1 : 0
      const added = at === undefined ? rows : rows.slice(Math.max(0, from - at))
      const numbered = added.map((row, i) => ({
        ...row,
        id: OutcomeIdBrand.parse(`${evaluation}-${from + i}`),
        evaluation,
        position: from + i,
      }))
      insertMany(tx, outcomes, numbered)
    })
  }

  /** Forgets the outcomes of an evaluation that is measured again. */
  clearOutcomes(evaluation: EvaluationId): void {
    this.db.delete(outcomes).where(eq(outcomes.evaluation, evaluation)).run()
  }

  /** In the order they were measured, with their marks. */
  outcomes(evaluation: EvaluationId, { method, topRank }: OutcomeFilter = {}): Outcome[] {
    const here = and(
      eq(outcomes.evaluation, evaluation),
      method === undefined ? undefined : eq(outcomes.method, method),
      topRank === undefined ? undefined : lte(outcomes.rank, topRank),
    )
    return this.select().where(here).orderBy(asc(outcomes.method), asc(outcomes.position)).all().map(outcomeOf)
  }

  /** Every output of an evaluation in numbers, by method, in the order they were measured. */
  numbers(evaluation: EvaluationId): OutcomeNumbers[] {
    const { evaluation: _, position: __, tube: ___, ...columns } = getTableColumns(outcomes)
    return this.db
      .select(columns)
      .from(outcomes)
      .where(eq(outcomes.evaluation, evaluation))
      .orderBy(asc(outcomes.method), asc(outcomes.position))
      .all()
  }

  /** Throws Failure NOT_FOUND. */
  outcome(id: OutcomeId): Outcome {
    const row = this.select().where(eq(outcomes.id, id)).get()
    if (!row) throw new Failure('NOT_FOUND', { kind: 'outcome', id })
    return outcomeOf(row)
  }

  /** Says why an output is wrong, or (null) takes that back. Throws Failure NOT_FOUND. */
  mark(id: OutcomeId, mark: Outcome['mark'], at: number): Outcome {
    const outcome = this.outcome(id)
    if (!mark) this.db.delete(marks).where(eq(marks.outcome, id)).run()
    else {
      const row = { outcome: id, ...mark, at }
      this.db.insert(marks).values(row).onConflictDoUpdate({ target: marks.outcome, set: row }).run()
    }
    return { ...outcome, mark }
  }

  /** Takes over what people said of the same outputs when they were measured before. */
  takeMarks(evaluation: EvaluationId, before: EvaluationId): void {
    const now = alias(outcomes, 'now')
    const rows = this.db
      .select({ outcome: now.id, cause: marks.cause, note: marks.note, at: marks.at })
      .from(marks)
      .innerJoin(outcomes, and(eq(outcomes.id, marks.outcome), eq(outcomes.evaluation, before)))
      .innerJoin(
        now,
        and(
          ...[eq(now.evaluation, evaluation), eq(now.method, outcomes.method), eq(now.video, outcomes.video)],
          ...[eq(now.pos, outcomes.pos), eq(now.neg, outcomes.neg)],
          ...[eq(now.attribute, outcomes.attribute), eq(now.rank, outcomes.rank)],
        ),
      )
      .all()
    for (const row of rows) this.db.insert(marks).values(row).onConflictDoNothing().run()
  }

  private select() {
    const { evaluation: _, position: __, ...columns } = getTableColumns(outcomes)
    return this.db
      .select({ ...columns, cause: marks.cause, note: marks.note })
      .from(outcomes)
      .leftJoin(marks, eq(marks.outcome, outcomes.id))
      .$dynamic()
  }

  private evaluationOf({ campaign, ...row }: EvaluationRow): Evaluation {
    const stale = union(this.relabelled(row, campaign), this.arrived(row)).all()
    // What could not be measured follows from the model, which the service knows.
    return { ...row, notes: [], staleVideos: stale.length }
  }

  /** Videos that were measured, and of which something else is said since. */
  private relabelled(row: Omit<EvaluationRow, 'campaign'>, campaign: EvaluationRow['campaign']) {
    const { at, sureAt } = layerChanges
    const layerAt = row.config.leastSure > 0 ? sureAt : at
    return this.db
      .selectDistinct({ video: outcomes.video })
      .from(outcomes)
      .leftJoin(labelChanges, eq(labelChanges.video, outcomes.video))
      .leftJoin(
        layerChanges,
        and(eq(layerChanges.video, outcomes.video), campaign ? eq(layerChanges.campaign, campaign) : sql`false`),
      )
      .where(and(eq(outcomes.evaluation, row.id), or(gt(labelChanges.at, row.createdAt), gt(layerAt, row.createdAt))))
  }

  /** Readable videos of the split and of a class of the run that came since, or got that class or labels since. */
  private arrived({ run, config, createdAt }: Omit<EvaluationRow, 'campaign'>) {
    const learned = sql`select json_extract(value, '$.id') from ${runs}, json_each(${runs.classes}) where ${runs.id} = ${run}`
    return this.db
      .select({ video: videos.id })
      .from(videos)
      .leftJoin(labelChanges, eq(labelChanges.video, videos.id))
      .where(
        and(
          ...[eq(videos.split, config.split), ne(videos.status, 'failed'), sql`${videos.class} in (${learned})`],
          or(gt(videos.importedAt, createdAt), gt(labelChanges.at, createdAt)),
        ),
      )
  }
}

function outcomeOf({
  cause,
  note,
  ...row
}: Omit<typeof outcomes.$inferSelect, 'evaluation' | 'position'> & {
  cause: NonNullable<Outcome['mark']>['cause'] | null
  note: string | null
}): Outcome {
  return { ...row, mark: cause ? { cause, note: note ?? '' } : null }
}
