import { Failure } from '@shared/failures'
import { z } from 'zod'
import type { Repositories } from '@main/store/repositories'
import type { EditRow } from '@main/store/repositories/edit-repository'

/** A change as data: what kind, and its particulars. */
export interface Edit {
  kind: string
  change: unknown
}

/** How one kind of edit is done. */
interface EditDefinition<Change extends z.ZodType> {
  kind: string
  change: Change
  /** Menu text, made before the edit is done. */
  label(change: z.output<Change>, repositories: Repositories): string
  /** The frame at which the change shows; left out where it shows everywhere. */
  frame?(change: z.output<Change>): number | null
  /** Does it, and returns the edit that takes it back: of the same kind, or of another. */
  apply(repositories: Repositories, change: z.output<Change>): Edit
}

/** A kind of edit as the history runs it. */
export interface EditKind<Change = never> {
  readonly kind: string
  of(change: Change): Edit
  label(change: unknown, repositories: Repositories): string
  frame(change: unknown): number | null
  apply(repositories: Repositories, change: unknown): Edit
}

/** Makes a kind of edit. Changes are checked against its schema whenever they are read, from a caller or from disk. */
export function defineEdit<Change extends z.ZodType>(definition: EditDefinition<Change>): EditKind<z.input<Change>> {
  const { kind, change: schema, label, frame, apply } = definition
  return {
    kind,
    of: (change) => ({ kind, change }),
    label: (change, repositories) => label(schema.parse(change), repositories),
    frame: (change) => frame?.(schema.parse(change)) ?? null,
    apply: (repositories, change) => apply(repositories, schema.parse(change)),
  }
}

/** What undo or redo did. */
export interface Done {
  label: string
  frame: number | null
}

const group = z.array(z.object({ kind: z.string(), change: z.unknown() }))

/**
 * Does, takes back and repeats what people do, per scope (a video, or the library). Each step is one transaction that
 * holds the change and its inverse, so an edit that was answered is on disk, and undo survives a restart.
 */
export class History {
  private readonly kinds: ReadonlyMap<string, EditKind>

  /** @param transaction runs all of an action, or nothing of it */
  constructor(
    private readonly repositories: Repositories,
    private readonly transaction: <T>(action: () => T) => T,
    kinds: readonly EditKind[],
  ) {
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]))
  }

  /** Does an edit; what was undone before can then no longer be repeated. */
  do(scope: string, edit: Edit): Done {
    return this.transaction(() => {
      const kind = this.kind(edit.kind)
      const label = kind.label(edit.change, this.repositories)
      return this.record(scope, edit, { label, frame: kind.frame(edit.change) })
    })
  }

  /** Does several edits as one step, under one menu text. */
  doAll(scope: string, label: string, edits: readonly Edit[], frame: number | null = null): Done {
    return this.transaction(() => this.record(scope, { kind: 'group', change: edits }, { label, frame }))
  }

  /** Takes back the last step. A step whose objects are gone is set aside, and the one before it is taken back. */
  undo(scope: string): Done | null {
    return this.step(
      () => this.repositories.edits.lastDone(scope),
      (row) => {
        this.apply({ kind: row.inverseKind, change: row.inverse })
        this.repositories.edits.setUndone(row.id)
      },
    )
  }

  /** Does again what was undone last. */
  redo(scope: string): Done | null {
    return this.step(
      () => this.repositories.edits.firstUndone(scope),
      (row) => {
        const inverse = this.apply({ kind: row.kind, change: row.change })
        this.repositories.edits.setDone(row.id, { inverseKind: inverse.kind, inverse: inverse.change })
      },
    )
  }

  /** Menu texts of what undo and redo would do. */
  menu(scope: string): { undo: string | null; redo: string | null } {
    const { edits } = this.repositories
    return { undo: edits.lastDone(scope)?.label ?? null, redo: edits.firstUndone(scope)?.label ?? null }
  }

  private record(scope: string, edit: Edit, done: Done): Done {
    const inverse = this.apply(edit)
    this.repositories.edits.dropUndone(scope)
    this.repositories.edits.add({
      scope,
      ...edit,
      inverseKind: inverse.kind,
      inverse: inverse.change,
      ...done,
      undone: false,
      at: Date.now(),
    })
    return done
  }

  private step(next: () => EditRow | null, run: (row: EditRow) => void): Done | null {
    for (let row = next(); row; row = next()) {
      const { id, label, frame } = row
      const current = row
      try {
        this.transaction(() => run(current))
        return { label, frame }
      } catch (error) {
        // Another scope took away what this step was about; nobody may be stuck on it.
        if (!(error instanceof Failure && error.code === 'NOT_FOUND')) throw error
        this.repositories.edits.remove(id)
      }
    }
    return null
  }

  private apply({ kind, change }: Edit): Edit {
    if (kind === 'group') {
      const inverses = group.parse(change).map((edit) => this.apply(edit))
      return { kind, change: inverses.reverse() }
    }
    return this.kind(kind).apply(this.repositories, change)
  }

  private kind(name: string): EditKind {
    const kind = this.kinds.get(name)
    if (!kind) throw new Error(`no such kind of edit: ${name}`)
    return kind
  }
}
