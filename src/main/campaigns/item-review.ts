import { type Actor, requireRole } from '@shared/actor'
import type { Answers, CampaignItem, DrawnTrack, Given } from '@shared/contract/campaign-words'
import type { ItemsQuery } from '@shared/contract/campaigns'
import type { AttributeId, CampaignId, ItemId, PersonId, VideoId } from '@shared/ids'
import type { CampaignRow, ItemRow } from '@main/store/repositories/campaign-repository'
import type { Assignment } from '@main/store/repositories/campaign-work-repository'
import { confirmed } from '@main/store/repositories/track-repository'
import type { CampaignParts } from './campaign-service'

/** What people were given, for those who look after a campaign: item by item, gold, asking again, leaving out. */
export class ItemReview {
  constructor(private readonly parts: CampaignParts) {}

  items(actor: Actor, { id, only, answers, offset, limit }: ItemsQuery): { rows: CampaignItem[]; total: number } {
    requireRole(actor, 'reviewer')
    const campaign = this.stored.campaigns.get(id)
    const byItem = Map.groupBy(this.stored.campaignWork.ofCampaign(id), ({ item }) => item)
    const items = this.stored.campaigns.items(id).map((row) => ({ row, given: byItem.get(row.id) ?? [] }))
    const found = items.filter(({ row, given }) => {
      if (answers !== undefined && (row.gold !== null || row.answers !== answers)) return false
      if (only === 'gold') return row.gold !== null
      if (only === 'skipped') return given.some(({ state }) => state === 'skipped')
      return only === 'all' || given.some((one) => this.isHeld(one))
    })
    const page = found.slice(offset, offset + limit)
    const names = this.videoNames(page.map(({ row }) => row.video))
    return { rows: page.map(({ row, given }) => this.itemView(campaign, row, given, names)), total: found.length }
  }

  /** Everybody's part in an item, with what they said. Throws Failure NOT_FOUND. */
  given(actor: Actor, id: ItemId): Given[] {
    requireRole(actor, 'reviewer')
    this.stored.campaigns.item(id)
    const answers = Map.groupBy(this.stored.campaignWork.answersOf(id), ({ person }) => person)
    const tracks = Map.groupBy(this.stored.campaignWork.tracksOf(id), ({ person }) => person)
    const names = this.names()
    return this.stored.campaignWork.ofItem(id).map((one) => ({
      ...{ person: one.person, name: names.get(one.person) ?? one.person, state: this.stateOf(one) },
      ...{ givenAt: one.givenAt, endedAt: one.endedAt, seconds: one.seconds, leftOut: one.leftOut },
      skip: one.state === 'skipped' && one.reason ? { reason: one.reason, note: one.note } : null,
      answers: Object.fromEntries((answers.get(one.person) ?? []).map(({ attribute, value }) => [attribute, value])),
      tracks: (tracks.get(one.person) ?? []).map(({ track, attribute, keyframes }) => ({
        track,
        attribute,
        keyframes,
      })),
    }))
  }

  /** Makes gold of what this person has said of videos themselves, or takes gold back. */
  async setGold(actor: Actor, id: CampaignId, { videos, isGold }: { videos: VideoId[]; isGold: boolean }) {
    requireRole(actor, 'reviewer')
    const campaign = this.stored.campaigns.get(id)
    const own = isGold ? videos.map((video) => ({ video, said: this.ownOf(actor, campaign, video) })) : []
    const right = new Map(own.flatMap(({ video, said }) => (said ? [[video, said] as const] : [])))
    const withoutAnswers = isGold ? videos.filter((video) => !right.has(video)) : []
    await this.parts.project.write(() => {
      if (isGold) this.parts.items.put(id, [...right.keys()])
      for (const item of this.stored.campaigns.itemsOf(id, videos)) {
        const gold = right.get(item.video)
        if (gold || !isGold) this.stored.campaigns.setItem(item.id, { gold: gold ?? null })
      }
      // A layer takes gold for what it is known to be.
      this.stored.campaigns.set(id, { computedAt: null })
    })
    this.changed(id)
    return { gold: this.stored.campaigns.countGold(id), withoutAnswers }
  }

  /** Asks for one more answer of some items, or of all that one person answered. */
  async askAgain(actor: Actor, id: CampaignId, { items, answeredBy }: { items: ItemId[]; answeredBy?: PersonId }) {
    requireRole(actor, 'reviewer')
    const own = new Set(this.stored.campaigns.items(id).map((item) => item.id))
    const theirs = answeredBy ? this.answeredBy(id, answeredBy) : []
    const all = [...new Set([...items, ...theirs])].filter((item) => own.has(item))
    await this.parts.project.write(() => this.stored.campaigns.askAgain(all))
    this.changed(id)
    return { items: all.length }
  }

  /** Their answers stay, and count no more; or count again. */
  async leaveOut(actor: Actor, id: CampaignId, { person, leftOut }: { person: PersonId; leftOut: boolean }) {
    requireRole(actor, 'reviewer')
    this.stored.campaigns.get(id)
    await this.parts.project.write(() => {
      this.stored.campaigns.setLeftOut(id, person, leftOut)
      const theirs = this.stored.campaignWork.ofCampaign(id).filter((one) => one.person === person)
      this.stored.campaignWork.setLeftOut(
        theirs.map(({ item }) => item),
        person,
        leftOut,
      )
    })
    this.changed(id)
  }

  private get stored() {
    return this.parts.project.repositories
  }

  private changed(id: CampaignId): void {
    this.parts.onChange({ area: 'campaigns', ids: [id] })
  }

  private answeredBy(id: CampaignId, person: PersonId): ItemId[] {
    return this.stored.campaignWork
      .ofCampaign(id)
      .filter((one) => one.person === person && one.state === 'answered')
      .map(({ item }) => item)
  }

  private isHeld({ state, leaseUntil }: Assignment): boolean {
    return state === 'held' && leaseUntil > this.parts.now()
  }

  private stateOf(one: Assignment): Given['state'] {
    if (one.state !== 'held') return one.state
    return this.isHeld(one) ? 'inHand' : 'expired'
  }

  private names(): Map<PersonId, string> {
    return new Map(this.stored.people.all().map(({ id, name }) => [id, name]))
  }

  private videoNames(ids: readonly VideoId[]): Map<VideoId, string> {
    return new Map(this.stored.videos.ofIds(ids).map(({ id, name }) => [id, name]))
  }

  private itemView(
    { settings }: CampaignRow,
    row: ItemRow,
    given: readonly Assignment[],
    videoNames: ReadonlyMap<VideoId, string>,
  ): CampaignItem {
    const skipped = given.filter(({ state }) => state === 'skipped')
    const names = skipped.length > 0 ? this.names() : new Map<PersonId, string>()
    const latest = [...skipped].sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
    return {
      ...{ id: row.id, video: row.video, videoName: videoNames.get(row.video) ?? row.video },
      ...{ isGold: row.gold !== null, answers: row.answers, wanted: settings.answersWanted + row.extra },
      inHand: given.filter((one) => this.isHeld(one)).length,
      skipped: skipped.length,
      skips: latest.map(({ person, reason, note }) => {
        return { name: names.get(person) ?? person, reason: reason ?? 'other', note }
      }),
    }
  }

  /** What somebody has answered and drawn of a video, in the words of the campaign; null for nothing. */
  private ownOf(actor: Actor, campaign: CampaignRow, video: VideoId): ItemRow['gold'] {
    const asked = new Set<AttributeId | null>(campaign.attributes)
    const isOwn = (one: { person: PersonId | null; attribute: AttributeId | null }) =>
      one.person === actor.id && asked.has(one.attribute)
    const said = campaign.kind === 'boxes' ? [] : this.stored.answers.ofVideo(video).filter(isOwn)
    const drawn = campaign.kind === 'attributes' ? [] : confirmed(this.stored.tracks.ofVideo(video)).filter(isOwn)
    if (said.length + drawn.length === 0) return null
    const answers: Answers = Object.fromEntries(said.map(({ attribute, value }) => [attribute, value]))
    const tracks = drawn.flatMap(({ id, attribute, keyframes }): DrawnTrack[] => {
      return attribute ? [{ track: id, attribute, keyframes }] : []
    })
    return { answers, tracks }
  }
}
