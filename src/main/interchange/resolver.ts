import type { DataPlan } from '@shared/contract/interchange'
import { AttributeId, ClassId } from '@shared/ids'
import { putAttribute } from '@main/edits/library/attributes'
import { putClass } from '@main/edits/library/classes'
import { newId } from '@main/store/database/new-id'
import type { Edit } from '@main/store/history/edit'
import type { Repositories } from '@main/store/repositories'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import type { NeutralAttribute } from './dataset'
import { NameIndex, WordIndex, cleanName } from '@shared/match-names'
import { nameFault } from '@shared/name'
import type { ReportBuilder } from './report-builder'

/** Finds what a file's names mean in a project, makes the words that are missing, and reports the rest. */
export class Resolver {
  /** Edits that make the words, in order. */
  readonly edits: Edit[] = []
  private readonly videos: NameIndex<VideoRecord>
  private readonly classes: WordIndex<{ id: ClassId; name: string }>
  private readonly attributes: WordIndex<{ id: AttributeId; name: string }>
  private readonly slots: Set<number>
  private position: number

  constructor(
    stored: Repositories,
    private readonly plan: DataPlan,
    private readonly report: ReportBuilder,
  ) {
    const all = stored.videos.all()
    this.videos = new NameIndex(all.map((item) => ({ item, ...item })))
    this.classes = new WordIndex(stored.classes.rows().map((item) => ({ item, name: item.name })))
    const attributes = stored.attributes.rows()
    this.attributes = new WordIndex(attributes.map((item) => ({ item, name: item.name })))
    this.slots = new Set(attributes.map(({ slot }) => slot))
    this.position = stored.attributes.nextPosition()
  }

  /** For formats that need a video's size or length; asks and reports nothing. */
  peek(name: string): VideoRecord | null {
    const mapped = meaningOf(this.plan.videos, name)
    return mapped === null ? null : this.videos.find(mapped ?? name).found
  }

  video(name: string, sha256: string | null, line: number | null): VideoRecord | null {
    const mapped = meaningOf(this.plan.videos, name)
    if (mapped === null) return null
    const { found, candidates } = this.videos.find(mapped ?? name, mapped === undefined ? sha256 : null)
    this.report.video(name, found?.id ?? null)
    if (!found && candidates.length > 1) this.ask('video', name, { line, candidates: names(candidates) })
    return found
  }

  /** @param make false for a class that must be there: what is said of it would hang in the air */
  class(name: string, line: number | null, make = true): ClassId | null {
    const mapped = meaningOf(this.plan.classes, name)
    if (mapped !== undefined && this.classes.find(name).candidates.length === 0)
      this.report.strange('class', cleanName(name))
    if (mapped === null) return null
    const { found, candidates } = this.classes.find(mapped ?? name)
    if (candidates.length === 0) this.report.strange('class', cleanName(name))
    const id = found?.id ?? (candidates.length > 1 ? null : this.newClass(mapped ?? name, make, line))
    if (id) this.report.word('class', id)
    else if (candidates.length > 1) this.ask('class', name, { line, candidates: names(candidates) })
    else this.report.leave(cleanName(name))
    return id
  }

  attribute(name: string, line: number | null, about: Partial<NeutralAttribute> = {}): AttributeId | null {
    const mapped = meaningOf(this.plan.attributes, name)
    if (mapped !== undefined && this.attributes.find(name).candidates.length === 0)
      this.report.strange('attribute', cleanName(name))
    if (mapped === null) return null
    const { found, candidates } = this.attributes.find(mapped ?? name)
    if (candidates.length === 0) this.report.strange('attribute', cleanName(name))
    const id = found?.id ?? (candidates.length > 1 ? null : this.newAttribute(mapped ?? name, about, line))
    if (id) this.report.word('attribute', id)
    else if (candidates.length > 1) this.ask('attribute', name, { line, candidates: names(candidates) })
    else this.report.leave(cleanName(name))
    return id
  }

  /** Of a class that is there, or is made by this import. */
  className(id: ClassId): string {
    return this.classes.all().find((row) => row.id === id)?.name ?? ''
  }

  private newClass(name: string, make: boolean, line: number | null): ClassId | null {
    if (this.plan.newWords === 'leave' || !make || this.isNoName(name, line)) return null
    const row = { id: newId(ClassId), name: cleanName(name) }
    this.classes.add(row, row.name)
    this.report.newClasses.push(row.name)
    this.edits.push(putClass.of({ row }))
    return row.id
  }

  private newAttribute(name: string, about: Partial<NeutralAttribute>, line: number | null): AttributeId | null {
    if (this.plan.newWords === 'leave' || this.isNoName(name, line)) return null
    const { group = '', side = 'none', description = '' } = about
    const row = { id: newId(AttributeId), name: cleanName(name), position: this.position++, slot: this.freeSlot() }
    this.attributes.add(row, row.name)
    this.report.newAttributes.push(row.name)
    this.edits.push(putAttribute.of({ row: { ...row, group, side, description, hotkey: '', picture: null } }))
    return row.id
  }

  /** What is said of such a class or attribute is left out, and the row says why. */
  private isNoName(name: string, line: number | null): boolean {
    const fault = nameFault(name)
    if (fault !== null && cleanName(name))
      this.report.note({ kind: 'skipped', line, reason: `${shown(name)}: ${fault}` })
    return fault !== null
  }

  private freeSlot(): number {
    let slot = 0
    while (this.slots.has(slot)) slot += 1
    this.slots.add(slot)
    return slot
  }

  private ask(
    about: 'video' | 'class' | 'attribute',
    name: string,
    { line, candidates }: { line: number | null; candidates: string[] },
  ): void {
    this.report.ask({ about, name, line, candidates: candidates.sort() })
  }
}

/** Enough of a name to know it by. */
function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name)
}

function names(things: readonly { name: string }[]): string[] {
  return things.map(({ name }) => name)
}

/** What a name was said to mean; a file may well name something "constructor". */
function meaningOf(meanings: DataPlan['videos'], name: string): string | null | undefined {
  return Object.hasOwn(meanings, name) ? meanings[name] : undefined
}
