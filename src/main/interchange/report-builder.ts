import type { DataLoss, DataQuestion, DataReport, RowReason } from '@shared/contract/interchange'
import type { RowNote } from './dataset'

/** Reasons and names listed; those beyond are only counted. */
const mostListed = 2_000

/** Adds up what an import finds. */
export class ReportBuilder {
  private readonly rows = { read: 0, skipped: 0, clamped: 0, outOfRange: 0, duplicate: 0 }
  private readonly reasons = new Map<string, RowReason>()
  private readonly questions = new Map<string, DataQuestion>()
  private readonly matched = new Set<string>()
  private readonly unmatched = new Set<string>()
  private readonly leftOut = new Set<string>()
  private readonly losses = new Map<string, DataLoss>()
  private readonly unknown = { class: new Set<string>(), attribute: new Set<string>() }
  private readonly classes = new Set<string>()
  private readonly attributes = new Set<string>()
  readonly newClasses: string[] = []
  readonly newAttributes: string[] = []
  changed = 0
  answers = 0
  kept = 0
  tracks = 0
  spans = 0
  keyframes = 0
  boxes = 0

  read(rows: number): void {
    this.rows.read += rows
  }

  /** @param count rows this is about */
  note({ kind, line, reason }: RowNote, count = 1): void {
    this.rows[kind] += count
    const key = `${kind} ${reason}`
    const before = this.reasons.get(key)
    if (before) before.count += count
    else if (this.reasons.size < mostListed) this.reasons.set(key, { kind, line, reason, count })
  }

  lose(what: string, count = 1): void {
    const before = this.losses.get(what)
    if (before) before.count += count
    else if (this.losses.size < mostListed) this.losses.set(what, { what, count })
  }

  ask(question: DataQuestion): void {
    const key = `${question.about} ${question.name}`
    if (!this.questions.has(key) && this.questions.size < mostListed) this.questions.set(key, question)
  }

  video(name: string, id: string | null): void {
    if (id) this.matched.add(id)
    else this.unmatched.add(name)
  }

  word(kind: 'class' | 'attribute', id: string): void {
    this[kind === 'class' ? 'classes' : 'attributes'].add(id)
  }

  /** A word that nothing in the project is called. */
  strange(kind: 'class' | 'attribute', word: string): void {
    if (this.unknown[kind].size < mostListed) this.unknown[kind].add(word)
  }

  leave(word: string): void {
    this.leftOut.add(word)
  }

  build(about: Pick<DataReport, 'format' | 'title' | 'why' | 'dryRun' | 'person'>): DataReport {
    const { rows, changed, newClasses, newAttributes, answers, spans, kept, tracks, keyframes, boxes } = this
    return {
      ...about,
      step: null,
      rows,
      reasons: [...this.reasons.values()],
      videos: {
        ...{ matched: this.matched.size, missing: this.unmatched.size },
        unmatched: [...this.unmatched].slice(0, mostListed),
      },
      changed,
      questions: [...this.questions.values()],
      classes: this.classes.size,
      newClasses,
      attributes: this.attributes.size,
      newAttributes,
      leftOut: [...this.leftOut],
      losses: [...this.losses.values()],
      unknown: { classes: [...this.unknown.class], attributes: [...this.unknown.attribute] },
      answers,
      spans,
      kept,
      tracks,
      keyframes,
      boxes,
    }
  }
}
