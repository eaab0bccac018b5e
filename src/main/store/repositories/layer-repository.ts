import type { CampaignId, ItemId, VideoId } from '@shared/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { campaignDecisions, campaignItems, layerChanges, layerLabels, layerTracks } from '@main/store/database/schema'
import { chunks } from './chunks'
import { counted } from './counted'
import { insertMany } from './insert-many'

export type LayerLabel = typeof layerLabels.$inferSelect
export type LayerTrack = typeof layerTracks.$inferSelect
export type Decision = typeof campaignDecisions.$inferSelect
/** What a decision is about. */
export type DecisionPlace = Pick<Decision, 'item' | 'attribute' | 'about'>

/** What reviewers decided in campaigns, and the layer that answers and decisions come to. */
export class LayerRepository {
  constructor(private readonly db: Db) {}

  decision(place: DecisionPlace): Decision | null {
    return this.db.select().from(campaignDecisions).where(at(place)).get() ?? null
  }

  decisions(campaign: CampaignId): Decision[] {
    return this.db
      .select({ decision: campaignDecisions })
      .from(campaignDecisions)
      .innerJoin(campaignItems, eq(campaignItems.id, campaignDecisions.item))
      .where(eq(campaignItems.campaign, campaign))
      .all()
      .map(({ decision }) => decision)
  }

  decisionsOf(item: ItemId): Decision[] {
    return this.db.select().from(campaignDecisions).where(eq(campaignDecisions.item, item)).all()
  }

  /** Decides, or (null) takes the decision back. */
  decide(place: DecisionPlace, decision: Omit<Decision, keyof DecisionPlace> | null): void {
    this.db.delete(campaignDecisions).where(at(place)).run()
    if (decision) insertMany(this.db, campaignDecisions, [{ ...place, ...decision }])
  }

  /** Puts a layer in the place of what was there, and keeps of which videos it says something else. */
  replace(campaign: CampaignId, { labels, tracks }: Layer): void {
    const before = { labels: this.labels(campaign), tracks: this.tracks(campaign) }
    this.tellChanges(campaign, before, { labels, tracks })
    this.db.delete(layerLabels).where(eq(layerLabels.campaign, campaign)).run()
    this.db.delete(layerTracks).where(eq(layerTracks.campaign, campaign)).run()
    insertMany(this.db, layerLabels, labels)
    insertMany(this.db, layerTracks, tracks)
  }

  labels(campaign: CampaignId): LayerLabel[] {
    return this.db.select().from(layerLabels).where(eq(layerLabels.campaign, campaign)).all()
  }

  tracks(campaign: CampaignId): LayerTrack[] {
    return this.db.select().from(layerTracks).where(eq(layerTracks.campaign, campaign)).all()
  }

  counts(campaign: CampaignId): { labels: number; tracks: number } {
    return {
      labels: counted(this.db, layerLabels, eq(layerLabels.campaign, campaign)),
      tracks: counted(this.db, layerTracks, eq(layerTracks.campaign, campaign)),
    }
  }

  labelsOf(campaign: CampaignId, videos: readonly VideoId[]): LayerLabel[] {
    return chunks(videos).flatMap((some) =>
      this.db
        .select()
        .from(layerLabels)
        .where(and(eq(layerLabels.campaign, campaign), inArray(layerLabels.video, some)))
        .all(),
    )
  }

  tracksOf(campaign: CampaignId, videos: readonly VideoId[]): LayerTrack[] {
    return chunks(videos).flatMap((some) =>
      this.db
        .select()
        .from(layerTracks)
        .where(and(eq(layerTracks.campaign, campaign), inArray(layerTracks.video, some)))
        .all(),
    )
  }

  private tellChanges(campaign: CampaignId, before: Layer, after: Layer): void {
    const said = differing(wordsOf(before), wordsOf(after))
    const sure = differing(surenessOf(before), surenessOf(after))
    for (const video of new Set([...said, ...sure])) {
      const set = { ...(said.has(video) && { at: now }), sureAt: now }
      const target = [layerChanges.campaign, layerChanges.video]
      // Where only the sureness is another, and there was no change before, what is said is as old as can be.
      const row = { campaign, video, at: said.has(video) ? now : sql`0`, sureAt: now }
      this.db.insert(layerChanges).values(row).onConflictDoUpdate({ target, set }).run()
    }
  }
}

interface Layer {
  labels: LayerLabel[]
  tracks: LayerTrack[]
}

const now = sql`cast(unixepoch('subsec') * 1000 as integer)`

/** What a layer says of each video, as a text: answers and boxes. */
function wordsOf({ labels, tracks }: Layer): Map<VideoId, string> {
  return textOf([
    ...labels.map(({ video, attribute, value }) => [video, `${attribute} ${value}`] as const),
    ...tracks.map(({ video, attribute, keyframes }) => [video, `${attribute} ${JSON.stringify(keyframes)}`] as const),
  ])
}

/** The same with how sure it is of each answer, as far as that is worth telling. */
function surenessOf({ labels }: Layer): Map<VideoId, string> {
  return textOf(labels.map(({ video, attribute, sure }) => [video, `${attribute} ${sure.toFixed(4)}`] as const))
}

function textOf(parts: readonly (readonly [VideoId, string])[]): Map<VideoId, string> {
  const byVideo = Map.groupBy(parts, ([video]) => video)
  return new Map(
    [...byVideo].map(([video, of]) => [
      video,
      of
        .map(([, text]) => text)
        .sort()
        .join(),
    ]),
  )
}

function differing(before: ReadonlyMap<VideoId, string>, after: ReadonlyMap<VideoId, string>): Set<VideoId> {
  const all = new Set([...before.keys(), ...after.keys()])
  return new Set([...all].filter((video) => before.get(video) !== after.get(video)))
}

function at({ item, attribute, about }: DecisionPlace) {
  return and(
    eq(campaignDecisions.item, item),
    eq(campaignDecisions.attribute, attribute),
    eq(campaignDecisions.about, about),
  )
}
