import type { Disagreement, Shares } from '@shared/contract/campaign-quality'
import type { PersonId } from '@shared/ids'
import type { CampaignData } from '@main/campaigns/outcome/campaign-data'
import { counting } from '@main/campaigns/outcome/campaign-data'
import type { ObjectConsensus } from '@main/campaigns/consensus/box-consensus'
import type { LabelConsensus } from '@main/campaigns/consensus/label-consensus'
import { keyOf } from '@main/campaigns/outcome/layer-rows'
import type { Result } from '@main/campaigns/outcome/results'
import type { Decision } from '@main/store/repositories/layer-repository'

interface Parts extends Result {
  decisions: ReadonlyMap<string, Decision>
}

/** What a reviewer should look at, least sure first. @param decided also what was looked at */
export function disagreementsOf(result: Result, decisions: readonly Decision[], decided: boolean): Disagreement[] {
  const parts = { ...result, decisions: new Map(decisions.map((one) => [keyOf(one), one])) }
  const labels = result.outcome.labels.flatMap((label) => ofLabel(parts, label) ?? [])
  const boxes = result.outcome.objects.flatMap((object) => ofObject(parts, object) ?? [])
  return [...labels, ...boxes].filter(({ decision }) => decided || !decision).sort((a, b) => a.sure - b.sure)
}

function ofLabel(parts: Parts, label: LabelConsensus): Disagreement | null {
  const decision = decisionAt(parts, { ...label, about: 'label' })
  if (!label.open && !decision) return null
  const place = placeOf(parts.data, label)
  if (!place) return null
  return {
    ...place,
    ...{ about: 'label', why: label.open ?? 'unsure' },
    answers: label.answers.map(({ person, value }) => {
      const weight = parts.outcome.skills.get(person)?.right ?? 1
      return { person, name: nameOf(parts.data, person), value, weight }
    }),
    ...{ shares: label.shares, value: label.value, sure: label.sure, decision },
  }
}

function ofObject(parts: Parts, object: ObjectConsensus): Disagreement | null {
  const decision = decisionAt(parts, { ...object, about: 'boxes' })
  if (!object.open) return null
  const place = placeOf(parts.data, object)
  if (!place) return null
  const drew = new Set(object.members.map(({ person }) => person))
  const asked = counting(parts.data).filter(({ item }) => item === object.item)
  const shares: Shares = { present: object.share, absent: 1 - object.share, unsure: 0 }
  return {
    ...place,
    ...{ about: 'boxes', why: object.open },
    answers: asked.map(({ person }) => {
      const value = drew.has(person) ? ('present' as const) : ('absent' as const)
      return { person, name: nameOf(parts.data, person), value, weight: 1 }
    }),
    ...{ shares, value: null, sure: Math.max(object.share, 1 - object.share), decision },
  }
}

function placeOf({ items, words }: CampaignData, { item: id, attribute }: Pick<LabelConsensus, 'item' | 'attribute'>) {
  const item = items.get(id)
  const word = words.find((one) => one.id === attribute)
  if (!item || !word) return null
  return { item: id, video: item.video, videoName: item.name, attribute, attributeName: word.name }
}

function decisionAt(
  { decisions, data }: Parts,
  place: Pick<Decision, 'item' | 'attribute' | 'about'>,
): Disagreement['decision'] {
  const found = decisions.get(keyOf(place))
  return found ? { value: found.value, by: nameOf(data, found.person), at: found.at } : null
}

function nameOf({ names }: CampaignData, person: PersonId): string {
  return names.get(person) ?? person
}
