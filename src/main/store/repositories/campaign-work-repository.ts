import type { Answers, DrawnTrack } from '@shared/contract/campaign-words'
import type { CampaignId, ItemId, PersonId, VideoId } from '@shared/ids'
import { type Placeholder, type SQL, and, eq, gt, inArray, or, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import {
  campaignAnswers,
  campaignAssignments,
  campaignItems,
  campaignTracks,
  campaigns,
  videos,
} from '@main/store/database/schema'
import type { ItemRow } from './campaign-repository'
import { chunks } from './chunks'
import { counted } from './counted'
import { insertMany } from './insert-many'
import { lazily } from './lazily'

export type Assignment = typeof campaignAssignments.$inferSelect
export type CampaignAnswer = typeof campaignAnswers.$inferSelect
export type CampaignTrack = typeof campaignTracks.$inferSelect

/** Who asks for work, when, and how much is wanted. */
export interface Asking {
  campaign: CampaignId
  person: PersonId
  now: number
  /** Answers wanted of each item, before those that were asked again. */
  wanted: number
}

/** Items that a person may still answer, and those of them that they were given already. */
export interface OpenCounts {
  items: number
  gold: number
  heldItems: number
  heldGold: number
}

/** What people were given, and what they said of it. */
export class CampaignWorkRepository {
  // What everybody asks all day long: who goes first, how far they are, what they hold.
  private readonly hot = lazily(() => statements(this.db))

  constructor(private readonly db: Db) {}

  find(item: ItemId, person: PersonId): Assignment | null {
    return this.hot().find.get({ item, person }) ?? null
  }

  /** Everybody's part in an item. */
  ofItem(item: ItemId): Assignment[] {
    return this.db.select().from(campaignAssignments).where(eq(campaignAssignments.item, item)).all()
  }

  ofCampaign(campaign: CampaignId): Assignment[] {
    return this.db
      .select({ assignment: campaignAssignments })
      .from(campaignAssignments)
      .innerJoin(campaignItems, eq(campaignItems.id, campaignAssignments.item))
      .where(eq(campaignItems.campaign, campaign))
      .all()
      .map(({ assignment }) => assignment)
  }

  put(row: Assignment): void {
    this.db
      .insert(campaignAssignments)
      .values(row)
      .onConflictDoUpdate({ target: [campaignAssignments.item, campaignAssignments.person], set: row })
      .run()
  }

  /** The item this person was given last and has neither answered nor skipped, whether its time is over or not. */
  held({ campaign, person }: Pick<Asking, 'campaign' | 'person'>): { assignment: Assignment; item: ItemRow } | null {
    return this.hot().held.get({ campaign, person }) ?? null
  }

  /** Whether more answers are wanted of an item than it has, and than others hold. */
  isWanted(item: ItemRow, { person, now, wanted }: Asking): boolean {
    if (item.gold) return true
    const others = counted(
      this.db,
      campaignAssignments,
      and(
        eq(campaignAssignments.item, item.id),
        eq(campaignAssignments.state, 'held'),
        sql`${campaignAssignments.leaseUntil} > ${now}`,
        sql`${campaignAssignments.person} <> ${person}`,
      ),
    )
    return item.answers + others < wanted + item.extra
  }

  /** The item with the fewest answers, given or on the way, of those this person was not given and that want one. */
  leastAnswered(asking: Asking): ItemRow | null {
    return this.hot().leastAnswered.get({ ...asking }) ?? null
  }

  /** A gold item that this person was not given. */
  nextGold(asking: Asking): ItemRow | null {
    return this.hot().nextGold.get({ ...asking }) ?? null
  }

  /** Items that want answers which others hold now, and that this person has not answered. */
  countWaiting({ campaign, person, now, wanted }: Asking): number {
    return counted(
      this.db,
      campaignItems,
      sql`${campaignItems.campaign} = ${campaign} and ${campaignItems.gold} is null
        and ${campaignItems.answers} < ${wanted} + ${campaignItems.extra}
        and ${held(now)} > 0 and ${notTaken(person)} and ${isThere}`,
    )
  }

  /** What this person has answered of a campaign, and what is still there for them: gold, of it, apart. */
  counts({ campaign, person, wanted }: Omit<Asking, 'now'>): { done: number } & OpenCounts {
    const { done, open } = this.hot()
    const none = { items: 0, gold: 0, heldItems: 0, heldGold: 0 }
    return { done: done.get({ campaign, person })?.count ?? 0, ...(open.get({ campaign, person, wanted }) ?? none) }
  }

  /** How many items somebody was given, and how many of them were gold. */
  given({ campaign, person }: Pick<Asking, 'campaign' | 'person'>): { all: number; gold: number } {
    return this.hot().given.get({ campaign, person }) ?? { all: 0, gold: 0 }
  }

  /** Whether somebody was given this video to answer, in a campaign that is not over, or holds it still. */
  hasVideo(person: PersonId, video: VideoId, now: number): boolean {
    const row = this.db
      .select({ one: sql`1` })
      .from(campaignItems)
      .innerJoin(campaignAssignments, eq(campaignAssignments.item, campaignItems.id))
      .innerJoin(campaigns, eq(campaigns.id, campaignItems.campaign))
      .where(
        and(
          eq(campaignItems.video, video),
          eq(campaignAssignments.person, person),
          inArray(campaignAssignments.state, ['held', 'answered']),
          or(
            inArray(campaigns.state, ['open', 'paused']),
            and(eq(campaignAssignments.state, 'held'), gt(campaignAssignments.leaseUntil, now)),
          ),
        ),
      )
      .limit(1)
      .get()
    return row !== undefined
  }

  /** Keeps what somebody said of an item, in place of what they said before. */
  setSaid(item: ItemId, person: PersonId, { answers, tracks }: { answers: Answers; tracks: DrawnTrack[] }): void {
    const ownAnswers = and(eq(campaignAnswers.item, item), eq(campaignAnswers.person, person))
    this.db.delete(campaignAnswers).where(ownAnswers).run()
    const ownTracks = and(eq(campaignTracks.item, item), eq(campaignTracks.person, person))
    this.db.delete(campaignTracks).where(ownTracks).run()
    const said = Object.entries(answers) as [CampaignAnswer['attribute'], CampaignAnswer['value']][]
    insertMany(
      this.db,
      campaignAnswers,
      said.map(([attribute, value]) => ({ item, person, attribute, value })),
    )
    insertMany(
      this.db,
      campaignTracks,
      tracks.map((track) => ({ item, person, ...track })),
    )
  }

  answers(campaign: CampaignId): CampaignAnswer[] {
    return this.db
      .select({ answer: campaignAnswers })
      .from(campaignAnswers)
      .innerJoin(campaignItems, eq(campaignItems.id, campaignAnswers.item))
      .where(eq(campaignItems.campaign, campaign))
      .all()
      .map(({ answer }) => answer)
  }

  answersOf(item: ItemId): CampaignAnswer[] {
    return this.db.select().from(campaignAnswers).where(eq(campaignAnswers.item, item)).all()
  }

  tracks(campaign: CampaignId): CampaignTrack[] {
    return this.db
      .select({ track: campaignTracks })
      .from(campaignTracks)
      .innerJoin(campaignItems, eq(campaignItems.id, campaignTracks.item))
      .where(eq(campaignItems.campaign, campaign))
      .all()
      .map(({ track }) => track)
  }

  tracksOf(item: ItemId): CampaignTrack[] {
    return this.db.select().from(campaignTracks).where(eq(campaignTracks.item, item)).all()
  }

  /** How many items lie with somebody whose time is not over, and the middle of the seconds that answers took. */
  pace(campaign: CampaignId, now: number): { inHand: number; medianSeconds: number | null } {
    const parts = sql`${campaignAssignments} join ${campaignItems} on ${campaignItems.id} = ${campaignAssignments.item}
      where ${campaignItems.campaign} = ${campaign}`
    const times = sql`from ${parts} and ${campaignAssignments.state} = 'answered' and ${campaignAssignments.seconds} is not null`
    return this.db.get<{ inHand: number; medianSeconds: number | null }>(sql`select
      (select count(*) from ${parts} and ${campaignAssignments.state} = 'held' and ${campaignAssignments.leaseUntil} > ${now})
        as "inHand",
      (select ${campaignAssignments.seconds} ${times} order by ${campaignAssignments.seconds}
        limit 1 offset (select count(*) / 2 ${times})) as "medianSeconds"`)
  }

  /** Says of these parts of one person whether they count. */
  setLeftOut(items: readonly ItemId[], person: PersonId, isOut: boolean): void {
    for (const some of chunks(items))
      this.db
        .update(campaignAssignments)
        .set({ leftOut: isOut })
        .where(and(inArray(campaignAssignments.item, some), eq(campaignAssignments.person, person)))
        .run()
  }
}

const campaign = sql.placeholder('campaign')
const person = sql.placeholder('person')

function statements(db: Db) {
  const now = sql.placeholder('now')
  const wanted = sql`${sql.placeholder('wanted')} + ${campaignItems.extra}`
  const ofCampaign = sql`${campaignItems.campaign} = ${campaign}`
  const free = sql`${ofCampaign} and ${notTaken(person)} and ${isThere}`
  const onTheWay = sql`${campaignItems.answers} + ${held(now)}`
  const own = and(sql`${campaignAssignments.person} = ${person}`, ofCampaign)
  const count = { count: sql<number>`count(*)`.mapWith(Number) }
  const itemOf = eq(campaignItems.id, campaignAssignments.item)
  return {
    find: db
      .select()
      .from(campaignAssignments)
      .where(
        sql`${campaignAssignments.item} = ${sql.placeholder('item')} and ${campaignAssignments.person} = ${person}`,
      )
      .prepare(),
    held: db
      .select({ assignment: campaignAssignments, item: campaignItems })
      .from(campaignAssignments)
      .innerJoin(campaignItems, itemOf)
      .where(sql`${own} and ${campaignAssignments.state} = 'held' and ${isThere}`)
      .orderBy(sql`${campaignAssignments.givenAt} desc`)
      .limit(1)
      .prepare(),
    leastAnswered: db
      .select()
      .from(campaignItems)
      .where(sql`${free} and ${campaignItems.gold} is null and ${onTheWay} < ${wanted}`)
      .orderBy(sql`${onTheWay}, ${campaignItems.position}`)
      .limit(1)
      .prepare(),
    nextGold: db
      .select()
      .from(campaignItems)
      .where(sql`${free} and ${campaignItems.gold} is not null`)
      .orderBy(campaignItems.position)
      .limit(1)
      .prepare(),
    done: db
      .select(count)
      .from(campaignAssignments)
      .innerJoin(campaignItems, itemOf)
      .where(sql`${own} and ${campaignAssignments.state} = 'answered'`)
      .prepare(),
    open: db
      .select(openCounts())
      .from(campaignItems)
      .where(sql`${free} and (${campaignItems.gold} is not null or ${campaignItems.answers} < ${wanted})`)
      .prepare(),
    given: db
      .select({ all: count.count, gold: sql<number>`count(${campaignItems.gold})`.mapWith(Number) })
      .from(campaignAssignments)
      .innerJoin(campaignItems, itemOf)
      .where(own)
      .prepare(),
  }
}

/** Of items that are free for a person, how many there are and how many of them that person was given. */
function openCounts() {
  const sumOf = (which: SQL) => sql<number>`coalesce(sum(${which}), 0)`.mapWith(Number)
  const isGold = sql`(${campaignItems.gold} is not null)`
  const isTheirs = sql`exists (select 1 from ${campaignAssignments}
    where ${campaignAssignments.item} = ${campaignItems.id} and ${campaignAssignments.person} = ${person})`
  return {
    items: sumOf(sql`not ${isGold}`),
    gold: sumOf(isGold),
    heldItems: sumOf(sql`not ${isGold} and ${isTheirs}`),
    heldGold: sumOf(sql`${isGold} and ${isTheirs}`),
  }
}

/** How many people hold an item whose time is not over. */
function held(now: number | Placeholder): SQL {
  return sql`(select count(*) from ${campaignAssignments} where ${campaignAssignments.item} = ${campaignItems.id}
    and ${campaignAssignments.state} = 'held' and ${campaignAssignments.leaseUntil} > ${now})`
}

/** A person was not given it, or let its time run out. */
function notTaken(person: PersonId | Placeholder): SQL {
  return sql`not exists (select 1 from ${campaignAssignments} where ${campaignAssignments.item} = ${campaignItems.id}
    and ${campaignAssignments.person} = ${person} and ${campaignAssignments.state} <> 'held')`
}

const isThere = sql`exists (select 1 from ${videos} where ${videos.id} = ${campaignItems.video})`
