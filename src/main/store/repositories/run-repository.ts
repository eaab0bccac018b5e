import type { MetricPoint, Run, RunKind } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { AttributeId, ClassId, RunId, SweepId } from '@shared/ids'
import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import {
  type Named,
  attributes as attributeTable,
  checkpoints,
  classes as classTable,
  metrics,
  runs,
} from '@main/store/database/schema'
import { chunks } from './chunks'

type RunRow = typeof runs.$inferSelect

/** The classes and attributes of a model, in the order of its outputs, with the ids they had. */
export interface Vocabulary {
  classes: Named<ClassId>[]
  attributes: Named<AttributeId>[]
}

export type NewRun = Omit<Run, 'classes' | 'attributes'> & Vocabulary
export type RunPatch = Partial<Omit<NewRun, 'id' | 'kind' | 'createdAt'>>

/** Of a run that is not one of a sweep, and that nobody has put away or written of. */
export const alone = { sweep: null, stoppedEarly: false, archived: false, tags: [] as string[], note: '' } as const

/** A file of weights inside the run's folder, and how good it was. */
export interface Checkpoint {
  file: string
  step: number
  epoch: number
  best: boolean
  values: Record<string, number>
  at: number
}

/** Training runs with their curves and checkpoints. */
export class RunRepository {
  constructor(private readonly db: Db) {}

  /** Newest first. */
  list(): Run[] {
    const rows = this.db
      .select()
      .from(runs)
      .orderBy(desc(runs.createdAt), desc(sql`rowid`))
      .all()
    const names = this.namesNow()
    return rows.map((row) => runOf(row, names))
  }

  names(): string[] {
    return this.db
      .select({ name: runs.name })
      .from(runs)
      .all()
      .map(({ name }) => name)
  }

  find(id: RunId): Run | null {
    const row = this.db.select().from(runs).where(eq(runs.id, id)).get()
    return row ? runOf(row, this.namesNow()) : null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: RunId): Run {
    const run = this.find(id)
    if (!run) throw new Failure('NOT_FOUND', { kind: 'run', id })
    return run
  }

  byName(name: string): Run | null {
    const row = this.db.select().from(runs).where(eq(runs.name, name)).orderBy(desc(runs.createdAt)).get()
    return row ? runOf(row, this.namesNow()) : null
  }

  /** The runs of a sweep, in the order they were started. */
  ofSweep(sweep: SweepId): Run[] {
    const rows = this.db
      .select()
      .from(runs)
      .where(eq(runs.sweep, sweep))
      .orderBy(asc(sql`rowid`))
      .all()
    const names = this.namesNow()
    return rows.map((row) => runOf(row, names))
  }

  /** The newest finished run of a kind that is not put away. */
  newestDone(kind: RunKind): Run | null {
    const row = this.db
      .select()
      .from(runs)
      .where(and(eq(runs.kind, kind), eq(runs.state, 'done'), eq(runs.archived, false)))
      .orderBy(desc(runs.createdAt), desc(runs.id))
      .get()
    return row ? runOf(row, this.namesNow()) : null
  }

  /** Throws Failure NOT_FOUND. */
  vocabulary(id: RunId): Vocabulary {
    const row = this.db
      .select({ classes: runs.classes, attributes: runs.attributes })
      .from(runs)
      .where(eq(runs.id, id))
      .get()
    if (!row) throw new Failure('NOT_FOUND', { kind: 'run', id })
    const names = this.namesNow()
    return { classes: named(row.classes, names), attributes: named(row.attributes, names) }
  }

  /** The runs whose model knows a class. */
  learnedClass(id: ClassId): ReadonlySet<RunId> {
    return this.learned(({ classes }) => classes.some((one) => one.id === id))
  }

  /** The runs whose model knows an attribute. */
  learnedAttribute(id: AttributeId): ReadonlySet<RunId> {
    return this.learned(({ attributes }) => attributes.some((one) => one.id === id))
  }

  private learned(knows: (row: Vocabulary) => boolean): ReadonlySet<RunId> {
    const { id, classes, attributes } = runs
    const rows = this.db.select({ id, classes, attributes }).from(runs).all()
    return new Set(rows.filter(knows).map((row) => row.id))
  }

  /** What classes and attributes are called today: a model's are called the same, as long as they are there. */
  private namesNow(): ReadonlyMap<string, string> {
    const rows = [
      ...this.db.select({ id: classTable.id, name: classTable.name }).from(classTable).all(),
      ...this.db.select({ id: attributeTable.id, name: attributeTable.name }).from(attributeTable).all(),
    ]
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  create(run: NewRun): void {
    this.db.insert(runs).values(run).run()
  }

  /** Throws Failure NOT_FOUND. */
  update(id: RunId, patch: RunPatch): Run {
    if (Object.keys(patch).length > 0) this.db.update(runs).set(patch).where(eq(runs.id, id)).run()
    return this.get(id)
  }

  /** Deletes the run with its curves, checkpoints, answers and evaluations; files are the caller's. */
  remove(id: RunId): void {
    this.db.delete(runs).where(eq(runs.id, id)).run()
  }

  /**
   * In one transaction, however many points. A point that is there already, as one that was sent twice, is one.
   * @returns those that were not there
   */
  addMetrics(run: RunId, points: readonly MetricPoint[]): MetricPoint[] {
    const all: MetricPoint[] = []
    this.db.transaction((tx) => {
      for (const some of chunks(points)) {
        const steps = some.map(({ step }) => step)
        const there = tx
          .select({ step: metrics.step, at: metrics.at, values: metrics.values })
          .from(metrics)
          .where(and(eq(metrics.run, run), inArray(metrics.step, steps)))
          .all()
        const known = new Set(there.map(signOf))
        const added = some.filter((point) => !known.has(signOf(point)))
        all.push(...added)
        if (added.length > 0)
          tx.insert(metrics)
            .values(added.map((point) => ({ run, ...point })))
            .run()
      }
    })
    return all
  }

  /** Points in the order they came. */
  metrics(run: RunId): MetricPoint[] {
    const { step, epoch, at, values } = metrics
    return this.db
      .select({ step, epoch, at, values })
      .from(metrics)
      .where(eq(metrics.run, run))
      .orderBy(asc(metrics.id))
      .all()
  }

  /** Forgets the points after a step, before a run goes on from its checkpoint there. */
  dropMetricsAfter(run: RunId, step: number): void {
    this.db
      .delete(metrics)
      .where(and(eq(metrics.run, run), gt(metrics.step, step)))
      .run()
  }

  /** Adds a checkpoint, or replaces the one in the same file. At most one of a run is the best. */
  addCheckpoint(run: RunId, checkpoint: Checkpoint): void {
    const row = { run, ...checkpoint }
    this.db.transaction((tx) => {
      if (checkpoint.best) tx.update(checkpoints).set({ best: false }).where(eq(checkpoints.run, run)).run()
      tx.insert(checkpoints)
        .values(row)
        .onConflictDoUpdate({ target: [checkpoints.run, checkpoints.file], set: row })
        .run()
    })
  }

  /** Newest first. */
  checkpoints(run: RunId): Checkpoint[] {
    const { file, step, epoch, best, values, at } = checkpoints
    return this.db
      .select({ file, step, epoch, best, values, at })
      .from(checkpoints)
      .where(eq(checkpoints.run, run))
      .orderBy(desc(checkpoints.step), desc(checkpoints.at))
      .all()
  }
}

/** Says which point it is: one step may have several, of different moments. */
function signOf({ step, at, values }: Pick<MetricPoint, 'step' | 'at' | 'values'>): string {
  return JSON.stringify([step, at, Object.keys(values).sort()])
}

/** Under the names of today; what is gone from the project keeps the one it had. */
function named<Id extends string>(list: readonly Named<Id>[], now: ReadonlyMap<string, string>): Named<Id>[] {
  return list.map(({ id, name }) => ({ id, name: now.get(id) ?? name }))
}

function runOf(row: RunRow, now: ReadonlyMap<string, string>): Run {
  const names = (list: readonly Named<string>[]) => named(list, now).map(({ name }) => name)
  const headline = numbersOf(row.headline)
  return { ...row, headline, classes: names(row.classes), attributes: names(row.attributes) }
}

/** JSON keeps NaN as null, which no list of runs could be sent with. */
function numbersOf(values: Readonly<Record<string, number | null>>): Record<string, number> {
  const numbers = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null)
  return Object.fromEntries(numbers)
}
