import { owner } from '@shared/actor'
import type { Change } from '@shared/contract/system'
import type { Actor } from '@shared/actor'
import type { CampaignId, VideoId } from '@shared/ids'
import type { VideoSearch } from '@main/library/search/video-search'
import type { Project } from '@main/project/project'
import { CampaignItems } from './campaign-items'
import { type CampaignParts, CampaignService } from './campaign-service'
import { ItemQueue } from './item-queue'
import { ItemReview } from './item-review'
import { LayerService } from './layer/layer-service'
import { CampaignResults } from './outcome/results'
import { ResultService } from './result-service'
import { CrowdService } from './turk/crowd-service'

/** Everything a project's campaigns can do. */
export class Campaigns {
  readonly service: CampaignService
  readonly queue: ItemQueue
  readonly review: ItemReview
  readonly results: ResultService
  readonly layers: LayerService
  readonly crowd: CrowdService
  private readonly items: CampaignItems
  private readonly kept: CampaignResults
  private readonly now: () => number

  /** @param now ms since 1970; time limits are told by it */
  constructor(
    private readonly project: Project,
    search: Pick<VideoSearch, 'chosen'>,
    { onChange, now = Date.now }: { onChange: (change: Change) => void; now?: () => number },
  ) {
    this.now = now
    this.items = new CampaignItems(project, search, now)
    this.kept = new CampaignResults(project)
    const told = (change: Change) => {
      if (change.area === 'campaigns') this.changed(change.ids as CampaignId[])
      onChange(change)
    }
    const parts: CampaignParts = { project, items: this.items, onChange: told, now }
    const onLayer = (id: CampaignId) => onChange({ area: 'campaigns', ids: [id] })
    this.layers = new LayerService({ project, results: this.kept, onChange: onLayer, now })
    this.service = new CampaignService(parts, this.layers)
    this.queue = new ItemQueue(parts)
    this.review = new ItemReview(parts)
    this.results = new ResultService(parts, this.kept)
    const guide = (id: CampaignId) => this.service.guidelines(owner, id).html
    const known = async (id: CampaignId) => (await this.results.quality(owner, id)).annotators
    this.crowd = new CrowdService({ project, onChange, now, guide, known })
  }

  /** Videos, words or answers of the project changed: growing campaigns may have more to ask. */
  mayGrow(): void {
    this.items.changed()
    this.kept.forget()
  }

  /** Whether somebody may see and answer a video, or (null) the library as a whole. */
  mayReach(actor: Actor, video: VideoId | null): boolean {
    const { campaigns, campaignWork } = this.project.repositories
    if (actor.role !== 'annotator' || !campaigns.anyOpened()) return true
    return video !== null && campaignWork.hasVideo(actor.id, video, this.now())
  }

  close(): void {
    this.layers.close()
  }

  private changed(ids: readonly CampaignId[]): void {
    this.kept.forget()
    for (const id of ids) this.layers.freshSoon(id)
  }
}
