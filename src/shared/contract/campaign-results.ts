import { z } from 'zod'
import { ConsensusRule } from '@shared/config/campaign'
import { AttributeId, CampaignId, ItemId, PersonId, VideoId } from '@shared/ids'
import { forOwners, forReviewers } from './base'
import { CampaignStatistics, Disagreement, LayerOfVideo, Quality, SideBySide } from './campaign-quality'
import { Campaign } from './campaign-words'
import { LabelValue } from './library'

const ThisCampaign = z.object({ id: CampaignId })
const ThisItem = z.object({ item: ItemId })

/** Whose boxes are taken. */
export const TakeBoxes = z.union([
  z.object({ person: PersonId }),
  z.enum(['median', 'own', 'none']),
  z.null().describe('Takes the decision back'),
])
export type TakeBoxes = z.infer<typeof TakeBoxes>

/** What a campaign came to: agreement, what people differ in, one layer of it all, numbers, a file. */
export const campaignResults = {
  quality: forReviewers
    .route({ method: 'GET', path: '/campaigns/{id}/quality', summary: 'Agreement, gold and time' })
    .input(ThisCampaign)
    .output(Quality),
  disagreements: forReviewers
    .route({ method: 'GET', path: '/campaigns/{id}/disagreements', summary: 'What waits for a reviewer' })
    .input(ThisCampaign.extend({ decided: z.boolean().default(false).describe('Also those that were decided') }))
    .output(z.array(Disagreement)),
  sideBySide: forReviewers
    .route({ method: 'GET', path: '/items/{item}/answers', summary: 'Answers of an item side by side' })
    .input(ThisItem)
    .output(SideBySide),
  /** Null takes the decision back. One step that can be undone. */
  decide: forReviewers
    .route({ method: 'POST', path: '/items/{item}/decisions', summary: 'Decide an attribute of an item' })
    .input(ThisItem.extend({ attribute: AttributeId, value: LabelValue.nullable() }))
    .output(z.null()),
  /** The boxes of one person, the median of those who drew the same, the reviewer's own, or none. */
  decideBoxes: forReviewers
    .route({ method: 'POST', path: '/items/{item}/box-decisions', summary: 'Decide the boxes of an attribute' })
    .input(
      ThisItem.extend({
        attribute: AttributeId,
        take: TakeBoxes,
      }),
    )
    .output(z.null()),
  /** Takes back the last decision of who asks, or does it again. The menu text of what was done; null for nothing. */
  undoDecision: forReviewers
    .route({ method: 'POST', path: '/campaigns/{id}/decisions/undo', summary: 'Undo the last decision' })
    .input(ThisCampaign)
    .output(z.object({ label: z.string().nullable() })),
  redoDecision: forReviewers
    .route({ method: 'POST', path: '/campaigns/{id}/decisions/redo', summary: 'Redo the last decision' })
    .input(ThisCampaign)
    .output(z.object({ label: z.string().nullable() })),
  /** The layer of one video, each answer with those it was made of; nothing where answers were not consolidated. */
  layer: forReviewers
    .route({ method: 'GET', path: '/campaigns/{id}/layer/{video}', summary: 'What the answers of a video came to' })
    .input(ThisCampaign.extend({ video: VideoId }))
    .output(LayerOfVideo),
  consolidate: forReviewers
    .route({ method: 'POST', path: '/campaigns/{id}/layer', summary: 'Make one layer of the answers' })
    .input(ThisCampaign.extend({ rule: ConsensusRule.optional().describe('That of the campaign when left out') }))
    .output(Campaign),
  /** Back to the layer before, or to none. */
  undoConsolidation: forReviewers
    .route({ method: 'DELETE', path: '/campaigns/{id}/layer', summary: 'Undo the last consolidation' })
    .input(ThisCampaign)
    .output(Campaign),
  statistics: forReviewers
    .route({ method: 'GET', path: '/campaigns/{id}/statistics', summary: 'Numbers of the data set, with agreement' })
    .input(ThisCampaign)
    .output(CampaignStatistics),
  export: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}/export', summary: 'Write answers and layer to a JSON file' })
    .input(ThisCampaign.extend({ path: z.string().min(1) }))
    .output(z.object({ path: z.string(), answers: z.int() })),
}
