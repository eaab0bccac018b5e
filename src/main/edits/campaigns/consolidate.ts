import { ConsensusRule } from '@shared/config/campaign'
import { CampaignId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'

/** Says by which rule a campaign's answers are made one layer, or (null) that they are not. Its inverse is the rule before. */
export const consolidate = defineEdit({
  kind: 'campaign.consolidate',
  change: z.object({ campaign: CampaignId, rule: ConsensusRule.nullable() }),
  label: ({ campaign, rule }, { campaigns }) =>
    `${rule ? 'Consolidate' : 'Take back the consolidation of'} ${campaigns.get(campaign).name}`,
  apply({ campaigns, layers }, { campaign, rule }): Edit {
    const before = campaigns.get(campaign).rule
    campaigns.set(campaign, { rule, computedAt: null })
    if (!rule) layers.replace(campaign, { labels: [], tracks: [] })
    return consolidate.of({ campaign, rule: before })
  },
})
