import type { Actor } from '@shared/actor'
import type { Answers, DrawnTrack, NextTask, SkipReason, Task } from '@shared/contract/campaign-words'
import { Failure } from '@shared/failures'
import type { AttributeId, CampaignId, ItemId } from '@shared/ids'
import { setLabel } from '@main/edits/annotation/set-label'
import type { CampaignRow, ItemRow } from '@main/store/repositories/campaign-repository'
import type { Asking, Assignment } from '@main/store/repositories/campaign-work-repository'
import { confirmed } from '@main/store/repositories/track-repository'
import type { CampaignParts } from './campaign-service'
import { taskOf } from './task'

interface InHand {
  campaign: CampaignRow
  item: ItemRow
  assignment: Assignment
}

/**
 * Who is given which item next. Nobody is given an item twice that they answered or skipped, those with the fewest
 * answers come first, and an item is one person's for a time: whoever was cut off gets it back, and after that time it
 * is also anybody else's.
 */
export class ItemQueue {
  constructor(private readonly parts: CampaignParts) {}

  /** Campaigns this person may answer in or has answered in, and how far they are. */
  mine(actor: Actor) {
    const opened = this.stored.campaigns.all().filter(({ state }) => state !== 'draft')
    const going = opened.filter(({ state }) => state !== 'closed')
    return (going.length > 0 ? going : opened).map((row) => {
      return { id: row.id, name: row.name, kind: row.kind, state: row.state, ...this.counts(actor, row) }
    })
  }

  /** The next item of this person: the one they hold, else a new one. */
  async next(actor: Actor, id: CampaignId): Promise<NextTask> {
    await this.parts.items.grow(this.stored.campaigns.get(id))
    return this.parts.project.write(() => {
      const campaign = this.stored.campaigns.get(id)
      const asking = this.asking(actor, campaign)
      const found = this.heldBy(asking, campaign) ?? this.chosen(asking, campaign)
      if (found === null || typeof found === 'string') {
        return { is: found ?? this.whyNone(asking, campaign), ...this.counts(actor, campaign) }
      }
      const given = this.given(actor, campaign, found)
      return { is: 'task', task: this.task({ campaign, item: found, assignment: given }, actor) }
    })
  }

  /** An item this person was given. Throws Failure ITEM_NOT_YOURS, as all calls about an item do. */
  own(actor: Actor, item: ItemId): Task {
    const inHand = this.inHand(actor, item)
    const said = this.stored.campaignWork.answersOf(item).filter(({ person }) => person === actor.id)
    const answers: Answers = Object.fromEntries(said.map(({ attribute, value }) => [attribute, value]))
    const assignment = { ...inHand.assignment, draft: { ...answers, ...inHand.assignment.draft } }
    return this.task({ ...inHand, assignment }, actor)
  }

  /** Begins the time of an item anew, and keeps what was answered of it so far. */
  hold(actor: Actor, item: ItemId, draft?: Answers): Promise<{ leaseUntil: number }> {
    return this.parts.project.write(() => {
      const { campaign, assignment } = this.inHand(actor, item)
      const leaseUntil = this.leaseEnd(campaign)
      const kept = draft ? this.ofCampaign(campaign, draft) : assignment.draft
      this.stored.campaignWork.put({ ...assignment, leaseUntil, draft: kept })
      return { leaseUntil }
    })
  }

  /**
   * Takes the answer of an item: into the campaign as it was said, and as this person's answers of the video. It counts
   * also when the time is over or the campaign was paused or closed meanwhile: nothing anybody did is lost.
   * Throws Failure ANSWERS_MISSING; and ITEM_GONE where the video is, with the answers kept as a draft.
   */
  async submit(
    actor: Actor,
    { item: id, answers, seconds }: { item: ItemId; answers: Answers; seconds?: number | undefined },
  ): Promise<{ done: number; all: number }> {
    const taken = await this.parts.project.write(() => {
      const inHand = this.inHand(actor, id)
      const { item, assignment } = inHand
      const said = this.ofCampaign(inHand.campaign, answers)
      if (!this.stored.videos.find(item.video)) {
        this.stored.campaignWork.put({ ...assignment, draft: said })
        return null
      }
      this.checkComplete(inHand.campaign, said)
      const tracks = this.drawn(actor, inHand, said)
      this.answerVideo(actor, inHand, said)
      this.stored.campaignWork.setSaid(id, actor.id, { answers: said, tracks })
      const now = this.parts.now()
      const counted = Math.min((now - assignment.givenAt) / 1000, inHand.campaign.settings.minutesPerItem * 60)
      this.stored.campaignWork.put({
        ...{ ...assignment, state: 'answered', endedAt: now, draft: {}, reason: null, note: '' },
        seconds: seconds ?? counted,
        leftOut: this.stored.campaigns.leftOut(inHand.campaign.id).has(actor.id),
      })
      return { campaign: inHand.campaign.id, counts: this.counts(actor, inHand.campaign), video: item.video }
    })
    if (!taken) throw new Failure('ITEM_GONE', { item: id })
    this.parts.onChange({ area: 'annotation', ids: [taken.video] })
    this.parts.onChange({ area: 'campaigns', ids: [taken.campaign] })
    return taken.counts
  }

  /** Leaves an item to others. One that was answered stays answered. */
  async skip(actor: Actor, id: ItemId, why: { reason: SkipReason; note: string }): Promise<void> {
    const campaign = await this.parts.project.write(() => {
      const inHand = this.inHand(actor, id)
      const { assignment } = inHand
      if (assignment.state === 'answered') throw new Failure('ITEM_NOT_YOURS', { item: id })
      this.stored.campaignWork.put({ ...assignment, ...why, state: 'skipped', endedAt: this.parts.now(), draft: {} })
      return inHand.campaign.id
    })
    this.parts.onChange({ area: 'campaigns', ids: [campaign] })
  }

  private get stored() {
    return this.parts.project.repositories
  }

  private asking(actor: Actor, { id, settings }: CampaignRow): Asking {
    return { campaign: id, person: actor.id, now: this.parts.now(), wanted: settings.answersWanted }
  }

  /** What this person has done, and with what is still there for them: of gold as much as will come in between. */
  private counts(actor: Actor, campaign: CampaignRow): { done: number; all: number } {
    const { campaignWork: work } = this.stored
    const asking = this.asking(actor, campaign)
    const { done, items, gold, heldItems, heldGold } = work.counts(asking)
    const given = work.given(asking)
    const toCome = items - heldItems
    const goldToCome = goldAmong(campaign.settings.goldEvery, {
      ...{ given, toCome, free: gold - heldGold },
    })
    return { done, all: done + items + heldGold + goldToCome }
  }

  /** What this person holds, as long as it is theirs or still wanted of somebody. */
  private heldBy(asking: Asking, campaign: CampaignRow): ItemRow | null {
    const held = this.stored.campaignWork.held(asking)
    if (!held) return null
    const isTheirs = held.assignment.leaseUntil > asking.now
    const mayGoOn = campaign.state === 'open' && this.stored.campaignWork.isWanted(held.item, asking)
    return isTheirs || mayGoOn ? held.item : null
  }

  /** A new item, null where there is none, or why none is given. */
  private chosen(asking: Asking, campaign: CampaignRow): ItemRow | 'paused' | 'closed' | 'leftOut' | null {
    const { state, settings } = campaign
    if (state !== 'open') return state === 'closed' ? 'closed' : 'paused'
    if (this.stored.campaigns.leftOut(campaign.id).has(asking.person)) return 'leftOut'
    const { campaignWork: work } = this.stored
    const given = work.given(asking)
    return (
      (given.gold < goldDue(settings.goldEvery, given.all) ? work.nextGold(asking) : null) ?? work.leastAnswered(asking)
    )
  }

  private whyNone(asking: Asking, { settings }: CampaignRow): 'done' | 'waiting' {
    return this.stored.campaignWork.countWaiting({ ...asking, wanted: settings.answersWanted }) > 0 ? 'waiting' : 'done'
  }

  private given(actor: Actor, campaign: CampaignRow, item: ItemRow): Assignment {
    const { campaignWork: work } = this.stored
    const before = work.find(item.id, actor.id)
    const fresh: Assignment = {
      ...{ item: item.id, person: actor.id, state: 'held', givenAt: this.parts.now(), leaseUntil: 0, endedAt: null },
      ...{ seconds: null, reason: null, note: '', draft: {}, outside: null, leftOut: false },
    }
    const assignment = { ...(before ?? fresh), leaseUntil: this.leaseEnd(campaign) }
    work.put(assignment)
    return assignment
  }

  private leaseEnd({ settings }: CampaignRow): number {
    return this.parts.now() + settings.minutesPerItem * 60_000
  }

  private inHand(actor: Actor, id: ItemId): InHand {
    const item = this.stored.campaigns.item(id)
    const assignment = this.stored.campaignWork.find(id, actor.id)
    if (!assignment || assignment.state === 'skipped') throw new Failure('ITEM_NOT_YOURS', { item: id })
    return { campaign: this.stored.campaigns.get(item.campaign), item, assignment }
  }

  private task(inHand: InHand, actor: Actor): Task {
    const words = this.asked(inHand)
    return taskOf({ ...inHand, ...words, stored: this.stored, counts: this.counts(actor, inHand.campaign) })
  }

  /** The words to answer, and those to box: of those, in a campaign of boxes, the ones the video has. */
  private asked({ campaign, item }: Pick<InHand, 'campaign' | 'item'>) {
    const words = this.parts.items.words(campaign)
    const answer = campaign.kind === 'boxes' ? [] : words
    if (campaign.kind === 'attributes') return { answer, box: [] }
    const present = this.stored.labels.present(item.video)
    const isAssigned = campaign.kind === 'boxes' && campaign.settings.boxes === 'assigned'
    return { answer, box: isAssigned ? words.filter(({ id }) => present.has(id)) : words }
  }

  /** Throws Failure BAD_SETTING for an answer about another word. */
  private ofCampaign({ attributes }: CampaignRow, answers: Answers): Answers {
    const asked = new Set<string>(attributes)
    const stray = Object.keys(answers).find((id) => !asked.has(id))
    if (stray) throw new Failure('BAD_SETTING', { setting: 'answers', reason: `"${stray}" is not asked about here` })
    return answers
  }

  private checkComplete(campaign: CampaignRow, answers: Answers): void {
    if (campaign.kind === 'boxes') return
    const missing = this.parts.items.words(campaign).filter(({ id }) => !(id in answers))
    if (missing.length > 0) throw new Failure('ANSWERS_MISSING', { attributes: missing.map(({ name }) => name) })
  }

  /** What this person has drawn in the video of the words to box: where they are answered too, of those that are there. */
  private drawn(actor: Actor, { campaign, item }: InHand, said: Answers): DrawnTrack[] {
    if (campaign.kind === 'attributes') return []
    const isThere = (id: AttributeId) => campaign.kind === 'boxes' || said[id] === 'present'
    const asked = new Set<AttributeId | null>(campaign.attributes.filter(isThere))
    return confirmed(this.stored.tracks.ofVideo(item.video)).flatMap(({ id, person, attribute, keyframes }) => {
      return person === actor.id && attribute && asked.has(attribute) ? [{ track: id, attribute, keyframes }] : []
    })
  }

  /** One step of this person's history of the video. A word that was taken out meanwhile is only kept in the campaign. */
  private answerVideo(actor: Actor, { campaign, item: { video } }: InHand, answers: Answers): void {
    const { answers: stored } = this.stored
    const words = new Set(this.parts.items.words(campaign).map(({ id }) => id))
    const at = this.parts.now()
    const edits = (Object.entries(answers) as [AttributeId, Answers[AttributeId]][]).flatMap(([attribute, value]) => {
      const place = { video, attribute, person: actor.id }
      if (value === undefined || !words.has(attribute) || stored.find(place)?.value === value) return []
      return [setLabel.of({ video, attribute, said: [{ ...place, answer: { value, at } }] })]
    })
    if (edits.length === 0) return
    this.parts.project.history.doAll({ scope: video, person: actor.id }, `Answer ${edits.length} words`, edits)
  }
}

/** How many gold items there should be among those given, with the next one. */
function goldDue(every: number, given: number): number {
  return every > 0 ? Math.floor((given + 1) / every) : 0
}

/** How many of the `free` gold items will come in between what is still to come. */
function goldAmong(
  every: number,
  { given, toCome, free }: { given: { all: number; gold: number }; toCome: number; free: number },
): number {
  let more = 0
  while (more < free && given.gold + more < goldDue(every, given.all + toCome + more)) more++
  return more
}
