import { Failure } from '@shared/failures'
import type { PersonId } from '@shared/ids'
import { z } from 'zod'
import type { Repositories } from '@main/store/repositories'
import type { EditRow } from '@main/store/repositories/edit-repository'
import { type Edit, type EditKind, EditRunner, type Touched, UnknownEdit, groupOf } from './edit'

/** Whose steps: each person has a history of their own in each video, and in the library. */
export interface Whose {
  /** A video's id, or 'library'. */
  scope: string
  person: PersonId
}

/** How a step is told and put together with the one before. */
export interface StepOptions {
  /** Steps that share it and go on with the same movement become one. */
  gesture?: string | null
}

/** What was done. */
export interface Done {
  label: string
  frame: number | null
  touched: Touched
}

/** What undo or redo came to: what was done, if anything, and a sentence for each step that had to be set aside. */
export interface Stepped {
  done: Done | null
  aside: string[]
}

/**
 * Does, takes back and repeats what people do, each for themselves. Each step is one transaction that holds the change
 * and its inverse, so an edit that was answered is on disk, and undo survives a restart. A step that cannot be read any
 * more, or whose objects are gone, is set aside and stands in nobody's way.
 */
export class History {
  private readonly runner: EditRunner

  /** @param transaction runs all of an action, or nothing of it */
  constructor(
    private readonly repositories: Repositories,
    private readonly transaction: <T>(action: () => T) => T,
    kinds: readonly EditKind[],
  ) {
    this.runner = new EditRunner(repositories, kinds)
  }

  /** Does an edit; what this person had undone there can then no longer be repeated. */
  do(whose: Whose, edit: Edit, options: StepOptions = {}): Done {
    return this.transaction(() => {
      const told = { label: this.runner.label(edit), frame: this.runner.frame(edit) }
      return this.record(whose, edit, { ...told, gesture: options.gesture ?? null })
    })
  }

  /** Does several edits as one step, under one menu text. */
  doAll(whose: Whose, label: string, edits: readonly Edit[], frame: number | null = null): Done {
    return this.transaction(() => this.record(whose, groupOf(edits), { label, frame, gesture: null }))
  }

  /** Takes back the last step of this person there, if it is later than `after`. */
  undo(whose: Whose, after = 0): Stepped {
    return this.step(
      () => {
        const last = this.repositories.edits.lastDone(whose)
        return last && last.id > after ? last : null
      },
      (row) => {
        const undoing = { kind: row.inverseKind, version: row.inverseVersion, change: row.inverse }
        const redoing = this.runner.apply(undoing)
        this.repositories.edits.setUndone(row.id)
        return [undoing, redoing]
      },
    )
  }

  /** Does again what this person undid last, if it is no later than `until`. */
  redo(whose: Whose, until = Infinity): Stepped {
    return this.step(
      () => {
        const first = this.repositories.edits.firstUndone(whose)
        return first && first.id <= until ? first : null
      },
      ({ id, kind, version, change }) => {
        const inverse = this.runner.apply({ kind, version, change })
        this.repositories.edits.setDone(id, inverse)
        return [{ kind, version, change }, inverse]
      },
    )
  }

  /** What this person did there, newest first; what was taken back stands before what was not. */
  list(whose: Whose, most = 200): ReturnType<Repositories['edits']['list']> {
    return this.repositories.edits.list(whose, most)
  }

  /**
   * Takes back, or does again, step after step until `id` is the last one that stands; 0 takes back all. Each is a
   * transaction of its own, as if one went there by hand.
   */
  undoTo(whose: Whose, id: number): Stepped[] {
    const { edits } = this.repositories
    const steps: Stepped[] = []
    while ((edits.lastDone(whose)?.id ?? 0) > id) steps.push(this.undo(whose, id))
    while ((edits.firstUndone(whose)?.id ?? Infinity) <= id) steps.push(this.redo(whose, id))
    return steps
  }

  /** Menu texts of what undo and redo would do. */
  menu(whose: Whose): { undo: string | null; redo: string | null } {
    const { done, undone } = this.repositories.edits.names(whose)
    return { undo: done?.label ?? null, redo: undone?.label ?? null }
  }

  private record(
    whose: Whose,
    edit: Edit,
    told: { label: string; frame: number | null; gesture: string | null },
  ): Done {
    const { edits } = this.repositories
    const inverse = this.runner.apply(edit)
    edits.dropUndone(whose)
    const done = { label: told.label, frame: told.frame, touched: this.runner.touched([edit, inverse]) }
    const before = told.gesture === null ? null : edits.lastDone(whose)
    if (before?.gesture === told.gesture && this.goesOn(before, edit)) edits.setChange(before.id, edit, told.label)
    else edits.add({ ...whose, ...edit, ...inverted(inverse), ...told, undone: false, aside: null, at: Date.now() })
    return done
  }

  /** A step made by another version may not be readable; then the movement begins a new one. */
  private goesOn(before: EditRow, edit: Edit): boolean {
    try {
      return this.runner.continues(before, edit)
    } catch {
      return false
    }
  }

  private step(next: () => EditRow | null, run: (row: EditRow) => Edit[]): Stepped {
    const aside: string[] = []
    for (let row = next(); row; row = next()) {
      const { id, label, frame } = row
      const current = row
      try {
        const touched = this.transaction(() => this.runner.touched(run(current)))
        return { done: { label, frame, touched }, aside }
      } catch (error) {
        const sentence = reasonAside(label, error)
        if (!sentence) throw error
        this.transaction(() => this.repositories.edits.setAside(id, sentence))
        aside.push(sentence)
      }
    }
    return { done: null, aside }
  }
}

function inverted({ kind, version, change }: Edit) {
  return { inverseKind: kind, inverseVersion: version, inverse: change }
}

/** Why a step stands in the way of the others; null for what is no fault of the step. */
function reasonAside(label: string, error: unknown): string | null {
  if (error instanceof Failure && error.code === 'NOT_FOUND') {
    const { kind } = z.object({ kind: z.string() }).parse(error.data)
    return `"${label}" was set aside: the ${kind} it is about is no longer there.`
  }
  if (error instanceof UnknownEdit) return `"${label}" was set aside: ${error.message}.`
  if (error instanceof z.ZodError) return `"${label}" was set aside: what was stored of it cannot be read.`
  return null
}
