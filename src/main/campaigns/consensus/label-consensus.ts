import type { ConsensusRule } from '@shared/config/campaign'
import type { Shares } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import type { AttributeId, ItemId, PersonId } from '@shared/ids'
import { type Vote, countedShares, dawidSkene } from './dawid-skene'

/** One answer of one person. */
export interface Said {
  item: ItemId
  attribute: AttributeId
  person: PersonId
  value: LabelValue
}

/** What the answers to one word of one item come to. */
export interface LabelConsensus {
  item: ItemId
  attribute: AttributeId
  shares: Shares
  /** The most probable answer; null in a tie. */
  value: LabelValue | null
  /** How probable that is, 0 to 1. */
  sure: number
  answers: readonly Said[]
  /** Why a reviewer has to look; null where it stands. */
  open: 'tie' | 'unsure' | 'few' | null
}

/** How somebody answers, as it was found from all answers. */
export interface Skill {
  person: PersonId
  /** How often they are right, 0 to 1. */
  right: number
  /** [true answer][answer given], in the order of `values`. */
  confusion: number[][]
  /** How many answers of theirs are, as it is believed, to things that are truly so. */
  seen: number[]
}

export interface Consensus {
  labels: LabelConsensus[]
  skills: ReadonlyMap<PersonId, Skill>
}

/** In the order in which shares and error rates have them. */
export const values: readonly LabelValue[] = ['present', 'absent', 'unsure']

/**
 * Answers everybody is taken to have given before, [true][said] in the order of `values`: a few, most of them right, that
 * hold still with few answers and mean nothing with many. That something cannot be told is only believed where people
 * say so: otherwise whatever people disagree on would become a thing that cannot be told.
 */
const prior = [
  [3, 0.5, 0.5],
  [0.5, 3, 0.5],
  [100, 100, 800],
]
/** Two answers that are as probable as this share of each other are a tie. */
const alike = 1e-6

/**
 * Makes one answer of several. Who is how often right is found over all words together, how often a word is present for
 * each word.
 */
export function labelConsensus(said: readonly Said[], rule: ConsensusRule): Consensus {
  const units = numbered(said.map(({ item, attribute }) => `${item} ${attribute}`))
  const people = numbered(said.map(({ person }) => person))
  const words = numbered(said.map(({ attribute }) => attribute))
  const byUnit = [...Map.groupBy(said, ({ item, attribute }) => `${item} ${attribute}`).values()]
  const groupOf = (unit: number) => words.get(byUnit[unit]?.[0]?.attribute ?? '') ?? 0
  const votes = said.map(({ item, attribute, person, value }): Vote => {
    return {
      unit: units.get(`${item} ${attribute}`) ?? 0,
      person: people.get(person) ?? 0,
      value: values.indexOf(value),
    }
  })
  const given = { units: units.size, people: people.size, values: values.length, votes, groupOf, groups: words.size }
  const model = dawidSkene(given, { prior, groupPrior: 1 })
  const truth = rule.method === 'dawidSkene' ? model.truth : countedShares(given)
  const labels = byUnit.flatMap((answers, unit) => settled(answers, truth[unit] ?? [], rule) ?? [])
  return { labels, skills: skillsOf([...people.keys()] as PersonId[], votes, model) }
}

function settled(answers: readonly Said[], row: readonly number[], rule: ConsensusRule): LabelConsensus | null {
  const [first] = answers
  if (!first) return null
  const order = values.map((value, i) => ({ value, share: row[i] ?? 0 })).sort((a, b) => b.share - a.share)
  const [best, second] = order
  const isTie = !best || (second !== undefined && best.share - second.share < alike)
  const sure = best?.share ?? 0
  const open = isTie ? 'tie' : answers.length < rule.minAnswers ? 'few' : sure < rule.sure ? 'unsure' : null
  const [present = 0, absent = 0, unsure = 0] = row
  return {
    ...{ item: first.item, attribute: first.attribute, shares: { present, absent, unsure } },
    value: isTie ? null : best.value,
    ...{ sure, answers, open },
  }
}

function skillsOf(
  people: readonly PersonId[],
  votes: readonly Vote[],
  { truth, confusion }: { truth: number[][]; confusion: number[][][] },
): Map<PersonId, Skill> {
  const sums = people.map(() => ({ right: 0, answers: 0, seen: values.map(() => 0) }))
  for (const { unit, person, value } of votes) {
    const own = sums[person]
    const row = truth[unit]
    if (!own || !row) continue
    own.right += row[value] ?? 0
    own.answers++
    row.forEach((p, i) => (own.seen[i] = (own.seen[i] ?? 0) + p))
  }
  return new Map(
    people.map((person, i) => {
      const { right = 0, answers = 0, seen = [] } = sums[i] ?? {}
      return [person, { person, right: answers ? right / answers : 0, confusion: confusion[i] ?? [], seen }]
    }),
  )
}

function numbered(names: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size)
  return numbers
}
