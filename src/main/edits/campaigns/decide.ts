import { DrawnTrack } from '@shared/contract/campaign-words'
import { LabelValue } from '@shared/contract/library'
import { AttributeId, ItemId, PersonId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'

const Decided = z.object({
  value: LabelValue.nullable(),
  tracks: z.array(DrawnTrack),
  person: PersonId,
  at: z.number(),
})

/** Decides an attribute of an item of a campaign, or (null) takes that back. Its inverse is what was decided before. */
export const decide = defineEdit({
  kind: 'campaign.decide',
  change: z.object({
    item: ItemId,
    attribute: AttributeId,
    about: z.enum(['label', 'boxes']),
    decision: Decided.nullable(),
  }),
  label: ({ attribute, decision, about }, { attributes }) => {
    const { name } = attributes.get(attribute)
    if (!decision) return `Take back the decision on ${name}`
    return about === 'boxes' ? `Decide the boxes of ${name}` : `Decide that ${name} is ${decision.value ?? 'unsure'}`
  },
  apply({ campaigns, layers }, { decision, ...place }): Edit {
    const { campaign } = campaigns.item(place.item)
    const before = layers.decision(place)
    layers.decide(place, decision)
    campaigns.set(campaign, { computedAt: null })
    return decide.of({ ...place, decision: before })
  },
})
