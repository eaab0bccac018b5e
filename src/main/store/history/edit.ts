import { z } from 'zod'
import type { AttributeId, SpanId, TrackId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'

/** A change as data: what kind, which version of it, and its particulars. */
export interface Edit {
  kind: string
  version: number
  change: unknown
}

/** What an edit is about, so that its answer can say what there is now. */
export interface Touched {
  attributes: AttributeId[]
  tracks: TrackId[]
  spans: SpanId[]
}

/** A form that changes of a kind had before, and the step to the next one. */
export interface OlderChange {
  change: z.ZodType
  up(change: never): unknown
}

/** One step to a newer form, its argument typed by the form's own schema. */
export function older<Change extends z.ZodType>(
  change: Change,
  up: (change: z.output<Change>) => unknown,
): OlderChange {
  return { change, up }
}

/** What several edits are about. */
export function allTouched(all: readonly Touched[]): Touched {
  return {
    attributes: [...new Set(all.flatMap(({ attributes }) => attributes))],
    tracks: [...new Set(all.flatMap(({ tracks }) => tracks))],
    spans: [...new Set(all.flatMap(({ spans }) => spans))],
  }
}

/** How one kind of edit is done. */
interface EditDefinition<Change extends z.ZodType> {
  kind: string
  change: Change
  /** The forms it had, oldest first: the first is version 1, and `change` is one more than there are. */
  older?: readonly OlderChange[]
  /** Menu text, made before the edit is done. */
  label(change: z.output<Change>, repositories: Repositories): string
  /** The frame at which the change shows; left out where it shows everywhere. */
  frame?(change: z.output<Change>): number | null
  /** Answers, tracks and spans of a video that it changes; left out for edits of the library. */
  touches?(change: z.output<Change>): Partial<Touched>
  /** Does it, and returns the edit that takes it back: of the same kind, or of another. */
  apply(repositories: Repositories, change: z.output<Change>): Edit
  /** True where `next` only goes on with the movement that `change` was: then it may stand in its place. */
  continues?(change: z.output<Change>, next: z.output<Change>): boolean
}

/** A kind of edit as the history runs it. */
export interface EditKind<Change = never> {
  readonly kind: string
  readonly version: number
  of(change: Change): Edit
  /** The change as of this version, whatever version it was written in. Throws for what it cannot read. */
  read(edit: Edit): unknown
  label(change: unknown, repositories: Repositories): string
  frame(change: unknown): number | null
  touches(change: unknown): Touched
  apply(repositories: Repositories, change: unknown): Edit
  continues(change: unknown, next: unknown): boolean
}

/** Makes a kind of edit. Changes are checked against its schemas whenever they are read, from a caller or from disk. */
export function defineEdit<Change extends z.ZodType>(definition: EditDefinition<Change>): EditKind<z.input<Change>> {
  const { kind, change: schema, older: steps = [], label, frame, touches, apply, continues } = definition
  const version = steps.length + 1
  return {
    kind,
    version,
    of: (change) => ({ kind, version, change }),
    read: (edit) => {
      if (edit.version > version || edit.version < 1) throw new UnknownEdit(`version ${edit.version} of "${kind}"`)
      const raised = steps
        .slice(edit.version - 1)
        .reduce<unknown>((change, step) => step.up(step.change.parse(change) as never), edit.change)
      return schema.parse(raised)
    },
    label: (change, repositories) => label(schema.parse(change), repositories),
    frame: (change) => frame?.(schema.parse(change)) ?? null,
    touches: (change) => ({ attributes: [], tracks: [], spans: [], ...touches?.(schema.parse(change)) }),
    apply: (repositories, change) => apply(repositories, schema.parse(change)),
    continues: (change, next) => continues?.(schema.parse(change), schema.parse(next)) ?? false,
  }
}

/** A kind or version of edit that this studio does not know. */
export class UnknownEdit extends Error {
  constructor(readonly what: string) {
    super(`this studio does not know ${what}`)
  }
}

const group = z.array(z.object({ kind: z.string(), version: z.int().min(1).default(1), change: z.unknown() }))

/** Several edits as one. Its inverse is theirs, in the opposite order. */
export function groupOf(edits: readonly Edit[]): Edit {
  return { kind: 'group', version: 1, change: edits }
}

/** Runs edits of every kind. */
export class EditRunner {
  private readonly kinds: ReadonlyMap<string, EditKind>

  constructor(
    private readonly repositories: Repositories,
    kinds: readonly EditKind[],
  ) {
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]))
  }

  /** Throws UnknownEdit, ZodError for what cannot be read, and Failure NOT_FOUND for what it is about. */
  apply(edit: Edit): Edit {
    const parts = this.parts(edit)
    if (parts) return groupOf(parts.map((part) => this.apply(part)).reverse())
    const kind = this.kind(edit)
    return kind.apply(this.repositories, kind.read(edit))
  }

  label(edit: Edit): string {
    const kind = this.kind(edit)
    return kind.label(kind.read(edit), this.repositories)
  }

  frame(edit: Edit): number | null {
    const kind = this.kind(edit)
    return kind.frame(kind.read(edit))
  }

  touched(edits: readonly Edit[]): Touched {
    const all = edits.flatMap((edit): Touched[] => {
      const parts = this.parts(edit)
      if (parts) return [this.touched(parts)]
      const kind = this.kind(edit)
      return [kind.touches(kind.read(edit))]
    })
    return allTouched(all)
  }

  continues(before: Edit, next: Edit): boolean {
    if (before.kind !== next.kind || before.kind === 'group') return false
    const kind = this.kind(next)
    return kind.continues(kind.read(before), kind.read(next))
  }

  private parts({ kind, change }: Edit): Edit[] | null {
    return kind === 'group' ? group.parse(change) : null
  }

  private kind({ kind: name }: Edit): EditKind {
    const kind = this.kinds.get(name)
    if (!kind) throw new UnknownEdit(`edits of the kind "${name}"`)
    return kind
  }
}
