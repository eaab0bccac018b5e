import type { AttributeId, CampaignId, VideoId } from '@shared/ids'
import { ItemId } from '@shared/ids'
import type { Project } from '@main/project/project'
import type { VideoSearch } from '@main/library/search/video-search'
import { newId } from '@main/store/database/new-id'
import type { CampaignRow } from '@main/store/repositories/campaign-repository'

/** A growing campaign is looked at again this long after something changed, ms. */
const pauseMs = 2000

/** Which videos a campaign asks about: those of its filter, one item each. */
export class CampaignItems {
  private readonly stale = new Set<CampaignId>()
  private readonly lookedAt = new Map<CampaignId, number>()

  constructor(
    private readonly project: Project,
    private readonly search: Pick<VideoSearch, 'chosen'>,
    private readonly now: () => number,
  ) {}

  /** Videos or answers have changed: growing campaigns may have more to ask. */
  changed(): void {
    for (const { id, videos, state } of this.stored.campaigns.all())
      if (videos === 'growing' && state !== 'draft') this.stale.add(id)
  }

  /** The videos of the filter that there is something to ask of, in natural order of name. */
  async matching({ filter, kind, settings, ...campaign }: CampaignRow): Promise<VideoId[]> {
    const videos = await this.search.chosen({ filter, except: [] })
    if (kind !== 'boxes' || settings.boxes === 'all') return videos
    const asked = new Set(this.words(campaign).map(({ id }) => id))
    const said = this.stored.labels.ofVideos(videos)
    const boxable = new Set(
      said.flatMap(({ video, attribute, value }) => (value === 'present' && asked.has(attribute) ? [video] : [])),
    )
    return videos.filter((video) => boxable.has(video))
  }

  /** The words a campaign asks about that are still in the vocabulary. */
  words({ attributes }: Pick<CampaignRow, 'attributes'>) {
    const rows = new Map(this.stored.attributes.rows().map((row) => [row.id, row]))
    return attributes.flatMap((id: AttributeId) => rows.get(id) ?? [])
  }

  /** Adds the items of videos that match by now. @returns how many were added */
  async add(campaign: CampaignRow): Promise<number> {
    this.stale.delete(campaign.id)
    this.lookedAt.set(campaign.id, this.now())
    const videos = await this.matching(campaign)
    return this.project.write(() => this.put(campaign.id, videos))
  }

  /** The same for a growing campaign in which something may have changed. */
  async grow(campaign: CampaignRow): Promise<void> {
    if (campaign.videos !== 'growing' || !this.stale.has(campaign.id)) return
    if (this.now() - (this.lookedAt.get(campaign.id) ?? -Infinity) < pauseMs) return
    await this.add(campaign)
  }

  /** Makes items of these videos where there are none yet. */
  put(campaign: CampaignId, videos: readonly VideoId[]): number {
    const { campaigns } = this.stored
    const there = campaigns.items(campaign)
    const known = new Set(there.map(({ video }) => video))
    const first = (there.at(-1)?.position ?? -1) + 1
    const added = videos.filter((video) => !known.has(video))
    campaigns.addItems(
      added.map((video, i) => {
        return { id: newId(ItemId), campaign, video, position: first + i, extra: 0, answers: 0, gold: null }
      }),
    )
    return added.length
  }

  private get stored() {
    return this.project.repositories
  }
}
