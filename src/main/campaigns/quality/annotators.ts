import type { AnnotatorQuality } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import type { AttributeId, ItemId, PersonId } from '@shared/ids'
import { drawnAlike, framesOf } from '@main/campaigns/agreement/tubes'
import { inParts, meanOf, quantileOf } from '@main/campaigns/agreement/spread'
import type { UnitTable } from '@main/campaigns/agreement/units'
import type { Outcome } from '@main/campaigns/outcome/analysis'
import type { CampaignData, Part } from '@main/campaigns/outcome/campaign-data'
import { values } from '@main/campaigns/consensus/label-consensus'
import { flagsOf } from './flags'
import type { PairIou } from './pairs'

/** Most parts that time is cut into. */
const mostParts = 10

export interface AnnotatorParts {
  data: CampaignData
  outcome: Outcome
  units: UnitTable
  pairs: readonly PairIou[]
  now: number
}

/** How each person works who answered, skipped or holds an item; those with most answers first. */
export function annotatorsOf(parts: AnnotatorParts): AnnotatorQuality[] {
  const byPerson = Map.groupBy(parts.data.parts, ({ person }) => person)
  return [...byPerson]
    .map(([person, own]) => annotatorOf(parts, person, own))
    .sort((a, b) => b.answered - a.answered || a.name.localeCompare(b.name))
}

function annotatorOf(all: AnnotatorParts, person: PersonId, own: readonly Part[]): AnnotatorQuality {
  const { data, outcome, now } = all
  const answered = own.filter(({ state }) => state === 'answered')
  const pairs = all.pairs.filter(({ a, b }) => a === person || b === person)
  const gold = goldOf(data, answered)
  const seconds = answered.flatMap((one) => one.seconds ?? [])
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileOf(seconds, share))
  const isBoxes = data.campaign.kind === 'boxes'
  const alike = (some: readonly Part[]) => (isBoxes ? boxesWithOthers(pairs, some) : withOthers(all.units, some))
  const skill = outcome.skills.get(person) ?? null
  return {
    ...{ person, name: data.names.get(person) ?? person, answered: answered.length },
    skipped: own.filter(({ state }) => state === 'skipped').length,
    isWorking: own.some(({ state, leaseUntil }) => state === 'held' && leaseUntil > now),
    leftOut: data.leftOut.has(person),
    gold: isBoxes ? gold.iou : gold.answers > 0 ? gold.right / gold.answers : null,
    goldSeen: gold.seen,
    goldItems: [...data.items.values()].filter((item) => item.gold).length,
    withOthers: alike(answered),
    reliability: skill?.right ?? null,
    seconds: low === null || median === null || high === null ? null : span(low, median, high),
    overTime: inParts(answered, mostParts).map((some) => ({
      ...{ from: some[0]?.endedAt ?? 0, to: some.at(-1)?.endedAt ?? 0, answers: some.length },
      ...{
        withOthers: alike(some),
        seconds: quantileOf(
          some.flatMap((one) => one.seconds ?? []),
          0.5,
        ),
      },
    })),
    byAttribute: data.words.map(({ id }) => ofWord(all, answered, pairs, id)),
    flags: flagsOf({
      times: answered.flatMap(({ item, seconds: took }) => {
        return took === null ? [] : [{ seconds: took, clip: data.items.get(item)?.seconds ?? 0 }]
      }),
      patterns: isBoxes ? [] : patternsOf(all, answered),
      skill: isBoxes ? null : skill,
      gold: isBoxes ? null : gold,
    }),
  }
}

function span(low = 0, median = 0, high = 0) {
  return { low, median, high }
}

/** Share of pairs of answers, own and another's, that are the same; null without others. */
function withOthers(units: UnitTable, parts: readonly Part[], only?: AttributeId): number | null {
  let [same, all] = [0, 0]
  for (const { item, answers, leftOut } of parts)
    for (const [attribute, value] of answers) {
      if (only !== undefined && attribute !== only) continue
      const others = units.others({ item, attribute, value })
      // Answers that do not count are not among the others.
      same += leftOut ? others.same + 1 : others.same
      all += leftOut ? others.all + 1 : others.all
    }
  return all > 0 ? same / all : null
}

function boxesWithOthers(pairs: readonly PairIou[], parts: readonly Part[]): number | null {
  const items = new Set<ItemId>(parts.map(({ item }) => item))
  return meanOf(pairs.filter(({ item }) => items.has(item)).map(({ iou }) => iou))
}

function ofWord(
  { data, units }: AnnotatorParts,
  answered: readonly Part[],
  pairs: readonly PairIou[],
  attribute: AttributeId,
) {
  if (data.campaign.kind !== 'boxes') {
    const own = answered.filter(({ answers }) => answers.has(attribute))
    return { attribute, withOthers: withOthers(units, own, attribute), answers: own.length }
  }
  const drawn = answered.filter(({ tracks }) => tracks.some((track) => track.attribute === attribute))
  const ious = pairs.filter((pair) => pair.attribute === attribute).map(({ iou }) => iou)
  return { attribute, withOthers: meanOf(ious), answers: drawn.length }
}

/** How somebody did on items whose right answer is known. */
function goldOf({ items }: CampaignData, answered: readonly Part[]) {
  const ious: number[] = []
  let [seen, answers, right] = [0, 0, 0]
  for (const part of answered) {
    const item = items.get(part.item)
    if (!item?.gold) continue
    seen++
    for (const [attribute, value] of Object.entries(item.gold.answers) as [AttributeId, LabelValue][]) {
      answers++
      if (part.answers.get(attribute) === value) right++
    }
    const words = new Set(item.gold.tracks.map(({ attribute }) => attribute))
    for (const word of words) {
      const frames = (tracks: Part['tracks'] | NonNullable<typeof item.gold>['tracks']) =>
        tracks.filter(({ attribute }) => attribute === word).map(({ keyframes }) => framesOf(keyframes, item.frames))
      ious.push(drawnAlike(frames(part.tracks), frames(item.gold.tracks)) ?? 0)
    }
  }
  return { seen, answers, right, iou: meanOf(ious) }
}

/** Answers of each item as one text, beside those of the consensus. */
function patternsOf({ data, outcome }: AnnotatorParts, answered: readonly Part[]) {
  const consensus = new Map(outcome.labels.map(({ item, attribute, value }) => [`${item} ${attribute}`, value]))
  const sign = (value: LabelValue | null | undefined) => (value ? String(values.indexOf(value)) : '-')
  return answered.map(({ item, answers }) => ({
    own: data.words.map(({ id }) => sign(answers.get(id))).join(''),
    consensus: data.words.map(({ id }) => sign(consensus.get(`${item} ${id}`))).join(''),
  }))
}
