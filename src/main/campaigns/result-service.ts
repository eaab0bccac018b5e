import { type Actor, requireRole } from '@shared/actor'
import type { CampaignStatistics, Disagreement, Quality, SideBySide } from '@shared/contract/campaign-quality'
import type { DrawnTrack } from '@shared/contract/campaign-words'
import type { TakeBoxes } from '@shared/contract/campaign-results'
import type { LabelValue } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { type AttributeId, type CampaignId, type ItemId, TrackId } from '@shared/ids'
import { decide } from '@main/edits/campaigns/decide'
import { writeWhole } from '@main/files/write-whole'
import { newId } from '@main/store/database/new-id'
import type { ItemRow } from '@main/store/repositories/campaign-repository'
import type { DecisionPlace } from '@main/store/repositories/layer-repository'
import { confirmed } from '@main/store/repositories/track-repository'
import { campaignFile } from './campaign-file'
import { keyframesOf } from './consensus/keyframes'
import { disagreementsOf } from './layer/disagreements'
import { sideBySide } from './layer/side-by-side'
import { layerRows } from './outcome/layer-rows'
import type { CampaignResults, Result } from './outcome/results'
import { qualityOf } from './quality/quality'
import { statisticsOf } from './statistics'
import type { CampaignParts } from './campaign-service'

/** What is asked of a decision about boxes. */
interface BoxDecision {
  item: ItemId
  attribute: AttributeId
  take: TakeBoxes
}

/** What a campaign comes to, for those who look after it; and what they decide where people differ. */
export class ResultService {
  constructor(
    private readonly parts: CampaignParts,
    private readonly results: CampaignResults,
  ) {}

  quality(actor: Actor, id: CampaignId): Quality {
    const { data, outcome } = this.of(actor, id)
    return qualityOf(data, outcome, this.parts.now())
  }

  /** What waits for a reviewer, least sure first; with `decided` also what was decided. */
  disagreements(actor: Actor, id: CampaignId, decided: boolean): Disagreement[] {
    return disagreementsOf(this.of(actor, id), this.stored.layers.decisions(id), decided)
  }

  /** Throws Failure NOT_FOUND, also where the video is gone. */
  sideBySide(actor: Actor, id: ItemId): SideBySide {
    const item = this.stored.campaigns.item(id)
    const shown = sideBySide(this.of(actor, item.campaign), id, this.stored.layers.decisionsOf(id))
    if (!shown) throw new Failure('NOT_FOUND', { kind: 'video', id: item.video })
    return shown
  }

  /** The paper's Table 1 for what the campaign came to. */
  statistics(actor: Actor, id: CampaignId): CampaignStatistics {
    const result = this.of(actor, id)
    return statisticsOf(result, layerRows(result.data, result.outcome, this.stored.layers.decisions(id)), this.stored)
  }

  /** Decides an answer, or (null) takes the decision back. */
  decide(actor: Actor, place: { item: ItemId; attribute: AttributeId; value: LabelValue | null }): Promise<null> {
    const { item, attribute, value } = place
    return this.do(actor, { item, attribute, about: 'label' }, value && { value, tracks: [] })
  }

  /** Takes somebody's boxes, or (null) takes the decision back. */
  decideBoxes(actor: Actor, { item, attribute, take }: BoxDecision): Promise<null> {
    const row = this.stored.campaigns.item(item)
    const place = { item, attribute, about: 'boxes' } as const
    if (take === null) return this.do(actor, place, null)
    return this.do(actor, place, { value: null, tracks: this.boxes(actor, row, { attribute, take }) })
  }

  /** Takes back what this person decided last in a campaign. */
  undo(actor: Actor, id: CampaignId): Promise<{ label: string | null }> {
    return this.step(actor, id, 'undo')
  }

  redo(actor: Actor, id: CampaignId): Promise<{ label: string | null }> {
    return this.step(actor, id, 'redo')
  }

  /** Writes everything of a campaign to a file, by name. Throws what writing throws; nothing half done is left. */
  export(actor: Actor, id: CampaignId, path: string): { path: string; answers: number } {
    requireRole(actor, 'owner')
    const { data } = this.results.of(id)
    writeWhole(path, `${JSON.stringify(campaignFile(data, this.stored), null, 1)}\n`)
    return { path, answers: data.parts.filter(({ state }) => state === 'answered').length }
  }

  private get stored() {
    return this.parts.project.repositories
  }

  private of(actor: Actor, id: CampaignId): Result {
    requireRole(actor, 'reviewer')
    return this.results.of(id)
  }

  private async do(
    actor: Actor,
    place: DecisionPlace,
    decided: { value: LabelValue | null; tracks: DrawnTrack[] } | null,
  ): Promise<null> {
    requireRole(actor, 'reviewer')
    const { campaign } = this.stored.campaigns.item(place.item)
    this.stored.attributes.get(place.attribute)
    const decision = decided && { ...decided, person: actor.id, at: this.parts.now() }
    await this.parts.project.write(() =>
      this.parts.project.history.do({ scope: campaign, person: actor.id }, decide.of({ ...place, decision })),
    )
    this.changed(campaign)
    return null
  }

  private async step(actor: Actor, id: CampaignId, way: 'undo' | 'redo'): Promise<{ label: string | null }> {
    requireRole(actor, 'reviewer')
    this.stored.campaigns.get(id)
    const { done } = await this.parts.project.write(() =>
      this.parts.project.history[way]({ scope: id, person: actor.id }),
    )
    if (done) this.changed(id)
    return { label: done?.label ?? null }
  }

  private changed(id: CampaignId): void {
    this.parts.onChange({ area: 'campaigns', ids: [id] })
  }

  /** The tracks that are meant. Throws Failure BAD_SETTING for a person who has not answered the item. */
  private boxes(
    actor: Actor,
    item: ItemRow,
    { attribute, take }: { attribute: AttributeId; take: NonNullable<TakeBoxes> },
  ): DrawnTrack[] {
    if (take === 'none') return []
    if (take === 'median') return this.medians(item, attribute)
    if (take === 'own')
      return confirmed(this.stored.tracks.ofVideo(item.video)).flatMap(({ id, person, attribute: of, keyframes }) => {
        return person === actor.id && of === attribute ? [{ track: id, attribute, keyframes }] : []
      })
    if (this.stored.campaignWork.find(item.id, take.person)?.state !== 'answered')
      throw new Failure('BAD_SETTING', { setting: 'take', reason: 'This person has not answered the item.' })
    return this.stored.campaignWork.tracksOf(item.id).flatMap(({ track, person, attribute: of, keyframes }) => {
      return person === take.person && of === attribute ? [{ track, attribute, keyframes }] : []
    })
  }

  /** Of each object that two people or more drew; of all where there is none. */
  private medians(item: ItemRow, attribute: AttributeId): DrawnTrack[] {
    const all = this.results.of(item.campaign).outcome.objects
    const own = all.filter((object) => object.item === item.id && object.attribute === attribute)
    const shared = own.filter(({ members }) => members.length > 1)
    return (shared.length > 0 ? shared : own).map(({ median }) => {
      return { track: newId(TrackId), attribute, keyframes: keyframesOf(median) }
    })
  }
}
