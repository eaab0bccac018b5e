import type { Change } from '@shared/contract/system'
import type { VideoSearch } from '@main/library/search/video-search'
import type { Project } from '@main/project/project'
import { CampaignItems } from './campaign-items'
import { type CampaignParts, CampaignService } from './campaign-service'
import { ItemQueue } from './item-queue'
import { ItemReview } from './item-review'

/** Everything a project's campaigns can do. */
export class Campaigns {
  readonly service: CampaignService
  readonly queue: ItemQueue
  readonly review: ItemReview
  private readonly items: CampaignItems

  /** @param now ms since 1970; time limits are told by it */
  constructor(
    project: Project,
    search: Pick<VideoSearch, 'chosen'>,
    { onChange, now = Date.now }: { onChange: (change: Change) => void; now?: () => number },
  ) {
    this.items = new CampaignItems(project, search, now)
    const parts: CampaignParts = { project, items: this.items, onChange, now }
    this.service = new CampaignService(parts)
    this.queue = new ItemQueue(parts)
    this.review = new ItemReview(parts)
  }

  /** Videos or answers changed: growing campaigns may have more to ask. */
  mayGrow(): void {
    this.items.changed()
  }
}
