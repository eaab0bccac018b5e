import { random } from '@main/learning/random'
import type { Said } from '@main/campaigns/consensus/label-consensus'
import { values } from '@main/campaigns/consensus/label-consensus'
import type { LabelValue } from '@shared/contract/library'
import { AttributeId, ItemId, PersonId } from '@shared/ids'

/** Somebody whose ways are known. `accuracy`: how often they mean what is true; a swapper says the opposite of it. */
export interface SimulatedPerson {
  id: PersonId
  accuracy: number
  kind: 'honest' | 'spammer' | 'swapper'
}

export interface CrowdSize {
  seed: number
  items: number
  words: number
  /** Answers of each item. */
  perItem: number
}

export interface SimulatedCrowd {
  people: SimulatedPerson[]
  said: Said[]
  /** By item and word. */
  truth: ReadonlyMap<string, LabelValue>
  /** How often each word is present. */
  present: ReadonlyMap<AttributeId, number>
}

/** Now and then an honest person cannot say. */
const unsureShare = 0.03

/** Eight honest people from .60 to .95, one who clicks at random, and one who takes the two buttons for each other. */
export function simulatedPeople(): SimulatedPerson[] {
  const honest = Array.from({ length: 8 }, (_, i): SimulatedPerson => {
    const accuracy = 0.6 + 0.05 * i
    return { id: PersonId.parse(`right ${Math.round(accuracy * 100)} %`), accuracy, kind: 'honest' }
  })
  return [
    ...honest,
    { id: PersonId.parse('clicks at random'), accuracy: 0.5, kind: 'spammer' },
    { id: PersonId.parse('swaps the buttons'), accuracy: 0.9, kind: 'swapper' },
  ]
}

/** Answers of such people to `words` of `items`, each item by `perItem` of them drawn anew. */
export function simulatedCrowd({ seed, items, words, perItem }: CrowdSize): SimulatedCrowd {
  const stream = random(seed, 13)
  const people = simulatedPeople()
  const names = Array.from({ length: words }, (_, i) => AttributeId.parse(`word ${i}`))
  const present = new Map(names.map((name) => [name, stream.between(0.15, 0.6)]))
  const truth = new Map<string, LabelValue>()
  const said = Array.from({ length: items }, (_, i) => ItemId.parse(`item ${i}`)).flatMap((item) => {
    const asked = stream.shuffle(people).slice(0, perItem)
    return names.flatMap((attribute) => {
      const true_ = stream.chance(present.get(attribute) ?? 0) ? 'present' : 'absent'
      truth.set(`${item} ${attribute}`, true_)
      return asked.map(({ id, accuracy, kind }) => {
        const right = stream.chance(accuracy) === (kind !== 'swapper')
        const value = kind === 'honest' && stream.chance(unsureShare) ? 'unsure' : right ? true_ : opposite(true_)
        return { item, attribute, person: id, value }
      })
    })
  })
  return { people, said, truth, present }
}

/**
 * How often the best possible rule would be right: Bayes' with everybody's true error rates and each word's true share
 * known. Nothing that has to find them out from the answers can be expected to do better.
 */
export function bestPossible({ people, said, truth, present }: SimulatedCrowd): number {
  const byId = new Map(people.map((person) => [person.id, person]))
  const units = [...Map.groupBy(said, ({ item, attribute }) => `${item} ${attribute}`)]
  const right = units.filter(([unit, answers]) => {
    const share = present.get(answers[0]?.attribute ?? ('' as AttributeId)) ?? 0.5
    const logOdds = answers.reduce(
      (sum, { person, value }) => {
        const own = byId.get(person)
        if (!own || value === 'unsure') return sum
        const says = own.kind === 'swapper' ? 1 - own.accuracy : own.accuracy
        const weight = Math.log(says / (1 - says))
        return sum + (value === 'present' ? weight : -weight)
      },
      Math.log(share / (1 - share)),
    )
    return (logOdds > 0 ? 'present' : 'absent') === truth.get(unit)
  })
  return right.length / units.length
}

/** Share of the answers that are true; a tie is right by half. */
export function rightShare(
  labels: readonly {
    item: ItemId
    attribute: AttributeId
    value: LabelValue | null
    shares: Record<LabelValue, number>
  }[],
  truth: ReadonlyMap<string, LabelValue>,
): number {
  const points = labels.map(({ item, attribute, value, shares }) => {
    const true_ = truth.get(`${item} ${attribute}`)
    if (value !== null) return value === true_ ? 1 : 0
    const most = Math.max(...values.map((one) => shares[one]))
    return true_ && shares[true_] === most ? 0.5 : 0
  })
  return points.reduce((a: number, b) => a + b, 0) / points.length
}

function opposite(value: 'present' | 'absent'): LabelValue {
  return value === 'present' ? 'absent' : 'present'
}
