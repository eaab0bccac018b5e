import type { CampaignId } from '@shared/ids'
import type { Project } from '@main/project/project'
import { type Outcome, outcomeOf } from './analysis'
import { type CampaignData, campaignData } from './campaign-data'

export interface Result {
  data: CampaignData
  outcome: Outcome
}

/** What campaigns come to, kept until something of them changes: a page asks for several views of the same. */
export class CampaignResults {
  private kept: { id: CampaignId; result: Result } | null = null

  constructor(private readonly project: Project) {}

  /** By the rule of its layer, or of the campaign where there is none. Throws Failure NOT_FOUND. */
  of(id: CampaignId): Result {
    if (this.kept?.id === id) return this.kept.result
    const data = campaignData(this.project.repositories, id)
    const result = { data, outcome: outcomeOf(data, data.campaign.rule ?? data.campaign.settings) }
    this.kept = { id, result }
    return result
  }

  forget(): void {
    this.kept = null
  }
}
