import { CampaignSettings, ConsensusRule } from '@shared/config/campaign'
import { VideoFilter } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { CampaignId, ItemId, PersonId, VideoId } from '@shared/ids'
import { and, asc, desc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { campaignItems, campaignLeftOut, campaignPictures, campaigns, videos } from '@main/store/database/schema'
import { chunks } from './chunks'
import { counted } from './counted'
import { insertMany } from './insert-many'
import { lazily } from './lazily'

export type CampaignRow = typeof campaigns.$inferSelect
export type ItemRow = typeof campaignItems.$inferSelect
export type Picture = typeof campaignPictures.$inferSelect

/** Campaigns, what they ask about, and whose answers they leave out. */
export class CampaignRepository {
  // Every call of an annotator asks for it.
  private readonly opened = lazily(() =>
    this.db
      .select({ one: sql`1` })
      .from(campaigns)
      .where(isNotNull(campaigns.openedAt))
      .limit(1)
      .prepare(),
  )

  constructor(private readonly db: Db) {}

  /** Latest first. */
  all(): CampaignRow[] {
    return this.db.select().from(campaigns).orderBy(desc(campaigns.createdAt), asc(campaigns.id)).all().map(ofToday)
  }

  /** Whether people were asked about videos of this project in any campaign, open or over. */
  anyOpened(): boolean {
    return this.opened().get() !== undefined
  }

  /** Throws Failure NOT_FOUND. */
  get(id: CampaignId): CampaignRow {
    const row = this.find(id)
    if (!row) throw new Failure('NOT_FOUND', { kind: 'campaign', id })
    return row
  }

  find(id: CampaignId): CampaignRow | null {
    const row = this.db.select().from(campaigns).where(eq(campaigns.id, id)).get()
    return row ? ofToday(row) : null
  }

  /** Campaigns that ask about a video and say how: those open first, then the latest. */
  explained(video: VideoId): { id: CampaignId; name: string }[] {
    const { id, name, state, openedAt, guidelines } = campaigns
    return this.db
      .selectDistinct({ id, name })
      .from(campaigns)
      .innerJoin(campaignItems, eq(campaignItems.campaign, id))
      .where(and(eq(campaignItems.video, video), ne(state, 'draft'), sql`trim(${guidelines}) <> ''`))
      .orderBy(desc(sql`${state} = 'open'`), desc(openedAt), asc(id))
      .all()
  }

  insert(row: CampaignRow): void {
    this.db.insert(campaigns).values(row).run()
  }

  set(id: CampaignId, values: Partial<Omit<CampaignRow, 'id'>>): void {
    if (Object.keys(values).length > 0) this.db.update(campaigns).set(values).where(eq(campaigns.id, id)).run()
  }

  /** Words or videos went or came back: what layers say has to be worked out anew. */
  overtaken(): void {
    this.db.update(campaigns).set({ computedAt: null }).where(isNotNull(campaigns.computedAt)).run()
  }

  remove(id: CampaignId): void {
    this.db.delete(campaigns).where(eq(campaigns.id, id)).run()
  }

  addPicture(picture: Picture): void {
    this.db.insert(campaignPictures).values(picture).run()
  }

  pictures(campaign: CampaignId): Picture[] {
    return this.db.select().from(campaignPictures).where(eq(campaignPictures.campaign, campaign)).all()
  }

  /** In the order in which they are asked. */
  items(campaign: CampaignId): ItemRow[] {
    return this.db
      .select()
      .from(campaignItems)
      .where(eq(campaignItems.campaign, campaign))
      .orderBy(campaignItems.position)
      .all()
  }

  /** Throws Failure NOT_FOUND. */
  item(id: ItemId): ItemRow {
    const row = this.db.select().from(campaignItems).where(eq(campaignItems.id, id)).get()
    if (!row) throw new Failure('NOT_FOUND', { kind: 'item', id })
    return row
  }

  itemsOf(campaign: CampaignId, ofVideos: readonly VideoId[]): ItemRow[] {
    return chunks(ofVideos).flatMap((some) =>
      this.db
        .select()
        .from(campaignItems)
        .where(and(eq(campaignItems.campaign, campaign), inArray(campaignItems.video, some)))
        .all(),
    )
  }

  addItems(rows: readonly ItemRow[]): void {
    insertMany(this.db, campaignItems, rows)
  }

  setItem(id: ItemId, values: Partial<Pick<ItemRow, 'gold'>>): void {
    this.db.update(campaignItems).set(values).where(eq(campaignItems.id, id)).run()
  }

  /** One more answer is wanted of each. */
  askAgain(ids: readonly ItemId[]): void {
    for (const some of chunks(ids))
      this.db
        .update(campaignItems)
        .set({ extra: sql`${campaignItems.extra} + 1` })
        .where(inArray(campaignItems.id, some))
        .run()
  }

  /** How many items there are for each number of answers, without gold and without videos that are gone. */
  byAnswers(campaign: CampaignId, wanted: number): { answers: number; wanted: number; items: number }[] {
    const of = sql<number>`${campaignItems.extra} + ${wanted}`.mapWith(Number)
    return this.db
      .select({ answers: campaignItems.answers, wanted: of, items: sql<number>`count(*)`.mapWith(Number) })
      .from(campaignItems)
      .innerJoin(videos, eq(videos.id, campaignItems.video))
      .where(and(eq(campaignItems.campaign, campaign), sql`${campaignItems.gold} is null`))
      .groupBy(campaignItems.answers, campaignItems.extra)
      .all()
  }

  countGold(campaign: CampaignId): number {
    return counted(this.db, campaignItems, and(eq(campaignItems.campaign, campaign), isNotNull(campaignItems.gold)))
  }

  leftOut(campaign: CampaignId): Set<PersonId> {
    const rows = this.db.select().from(campaignLeftOut).where(eq(campaignLeftOut.campaign, campaign)).all()
    return new Set(rows.map(({ person }) => person))
  }

  setLeftOut(campaign: CampaignId, person: PersonId, isOut: boolean): void {
    if (isOut) this.db.insert(campaignLeftOut).values({ campaign, person }).onConflictDoNothing().run()
    else
      this.db
        .delete(campaignLeftOut)
        .where(and(eq(campaignLeftOut.campaign, campaign), eq(campaignLeftOut.person, person)))
        .run()
  }
}

/** Settings of a campaign of before, with those that were added since. */
function ofToday(row: CampaignRow): CampaignRow {
  return {
    ...row,
    settings: CampaignSettings.parse(row.settings),
    filter: VideoFilter.parse(row.filter),
    rule: row.rule && ConsensusRule.parse(row.rule),
  }
}
