import type { LabelValue } from '@shared/contract/library'
import type { AttributeId, ItemId } from '@shared/ids'
import type { Unit } from './alpha'

/** Answers of one person to one item. */
interface Answered {
  item: ItemId
  answers: ReadonlyMap<AttributeId, LabelValue>
}

const places: Readonly<Record<LabelValue, number>> = { present: 0, absent: 1, unsure: 2 }

/** How often each answer was given to each word of each item: [present, absent, unsure]. */
export class UnitTable {
  private readonly counts = new Map<ItemId, Map<AttributeId, number[]>>()

  constructor(parts: readonly Answered[]) {
    for (const { item, answers } of parts) {
      const own = this.counts.get(item) ?? new Map<AttributeId, number[]>()
      this.counts.set(item, own)
      for (const [attribute, value] of answers) {
        const unit = own.get(attribute) ?? [0, 0, 0]
        unit[places[value]] = (unit[places[value]] ?? 0) + 1
        own.set(attribute, unit)
      }
    }
  }

  items(): ItemId[] {
    return [...this.counts.keys()]
  }

  /** The words of an item. */
  ofItem(item: ItemId): Unit[] {
    return [...(this.counts.get(item)?.values() ?? [])]
  }

  /** One word in every item. */
  ofWord(attribute: AttributeId): Unit[] {
    return [...this.counts.values()].flatMap((own) => [own.get(attribute) ?? []].filter((unit) => unit.length > 0))
  }

  all(): Unit[] {
    return [...this.counts.values()].flatMap((own) => [...own.values()])
  }

  /** The same without the answers of one person. */
  without(parts: readonly Answered[]): Unit[] {
    const theirs = new Map(parts.map(({ item, answers }) => [item, answers]))
    return [...this.counts].flatMap(([item, own]) => {
      const gone = theirs.get(item)
      return [...own].map(([attribute, unit]) => {
        const value = gone?.get(attribute)
        return value ? unit.map((n, i) => (i === places[value] ? n - 1 : n)) : unit
      })
    })
  }

  /** How many others said the same as this, and how many others said anything. */
  others({ item, attribute, value }: { item: ItemId; attribute: AttributeId; value: LabelValue }) {
    const unit = this.counts.get(item)?.get(attribute) ?? []
    const all = unit.reduce((sum, n) => sum + n, 0)
    return { same: (unit[places[value]] ?? 1) - 1, all: all - 1 }
  }
}

/** True where two people differ. */
export function differs(unit: Unit): boolean {
  return unit.filter((n) => n > 0).length > 1
}
