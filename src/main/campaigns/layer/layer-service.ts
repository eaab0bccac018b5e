import { type Actor, requireRole } from '@shared/actor'
import { ConsensusRule } from '@shared/config/campaign'
import type { LayerOfVideo } from '@shared/contract/campaign-quality'
import type { LayerInfo } from '@shared/contract/campaign-words'
import { Failure } from '@shared/failures'
import type { CampaignId, VideoId } from '@shared/ids'
import { consolidate } from '@main/edits/campaigns/consolidate'
import type { Project } from '@main/project/project'
import type { CampaignRow } from '@main/store/repositories/campaign-repository'
import { layerRows } from '@main/campaigns/outcome/layer-rows'
import type { CampaignResults } from '@main/campaigns/outcome/results'

export interface LayerParts {
  project: Project
  results: CampaignResults
  onChange: (id: CampaignId) => void
  now: () => number
}

/** Answers that came together are worked in together, ms. */
const soonMs = 300

/** The layer a campaign's answers come to: made, taken back, and made anew whenever an answer or a decision comes. */
export class LayerService {
  private waiting: { id: CampaignId; timer: NodeJS.Timeout } | null = null

  constructor(private readonly parts: LayerParts) {}

  /** Makes one layer of the answers by this rule, or by that of the campaign. */
  async consolidate(actor: Actor, id: CampaignId, rule?: ConsensusRule): Promise<void> {
    requireRole(actor, 'reviewer')
    const { settings } = this.stored.campaigns.get(id)
    await this.do(actor, id, rule ?? ConsensusRule.parse(settings))
  }

  /** Back to what was before this person consolidated last; to none where another one did. */
  async undo(actor: Actor, id: CampaignId): Promise<void> {
    requireRole(actor, 'reviewer')
    this.stored.campaigns.get(id)
    const { done } = await this.parts.project.write(() => this.parts.project.history.undo(this.whose(actor, id)))
    if (!done) await this.do(actor, id, null)
    else this.changed(id)
  }

  /** What a layer holds and what of it waits for a reviewer; null where answers are not consolidated. */
  info(row: CampaignRow): LayerInfo | null {
    if (!row.rule) return null
    this.fresh(row.id)
    const { labels, objects } = this.parts.results.of(row.id).outcome
    const decisions = this.stored.layers.decisions(row.id)
    const decided = new Set(decisions.map(({ item, attribute, about }) => `${item} ${attribute} ${about}`))
    const open = [
      ...labels.filter((one) => one.open && !decided.has(`${one.item} ${one.attribute} label`)),
      ...objects.filter((one) => one.open && !decided.has(`${one.item} ${one.attribute} boxes`)),
    ]
    const { labels: labelCount, tracks } = this.stored.layers.counts(row.id)
    const at = this.stored.campaigns.get(row.id).computedAt ?? this.parts.now()
    return { rule: row.rule, at, labels: labelCount, tracks, open: open.length, decided: decisions.length }
  }

  /** The layer of one video, with the answers that each label and track was made of. */
  ofVideo(actor: Actor, id: CampaignId, video: VideoId): LayerOfVideo {
    requireRole(actor, 'reviewer')
    this.stored.campaigns.get(id)
    this.fresh(id)
    const names = new Map(this.stored.people.all().map((person) => [person.id, person.name]))
    const { layers } = this.stored
    return {
      labels: layers.labelsOf(id, [video]).map(({ attribute, value, sure, decided, shares }) => ({
        ...{ attribute, value, sure, decided },
        answers: shares.map((share) => ({ ...share, name: names.get(share.person) ?? share.person })),
      })),
      tracks: layers.tracksOf(id, [video]).map(({ id: track, attribute, keyframes, sure, decided, members }) => ({
        ...{ track, attribute, keyframes, sure, decided },
        members: members.map((one) => ({ ...one, name: names.get(one.person) ?? one.person })),
      })),
    }
  }

  /** Whether a campaign of this name or id has a layer. */
  has(name: string): boolean {
    return (this.called(name)?.rule ?? null) !== null
  }

  /** The campaign of this name or id, its layer worked out to the last answer. Throws UNKNOWN_NAME or CAMPAIGN_STATE. */
  named(name: string): CampaignId {
    const found = this.called(name)
    const known = () => this.stored.campaigns.all().map((one) => one.name)
    if (!found) throw new Failure('UNKNOWN_NAME', { kind: 'campaign', name, known: known() })
    if (!found.rule)
      throw new Failure('CAMPAIGN_STATE', {
        state: found.state,
        reason: 'Its answers are not consolidated yet; do that first.',
      })
    this.fresh(found.id)
    return found.id
  }

  /** The layer of this name in a sentence, for the log of what takes it. Throws UNKNOWN_NAME or CAMPAIGN_STATE. */
  said(name: string): string {
    const row = this.stored.campaigns.get(this.named(name))
    const info = this.info(row)
    const answers = this.parts.results.of(row.id).data.parts.filter(({ state }) => state === 'answered').length
    const of = `${info?.labels ?? 0} labels and ${info?.tracks ?? 0} tracks of ${answers} answers`
    return `takes the layer "${row.name}": ${of}, by ${info?.rule.method ?? ''}; ${info?.open ?? 0} wait for a reviewer`
  }

  /** Works in what came since the layer was made; whoever trains or measures with it asks for this first. */
  fresh(id: CampaignId): void {
    const { rule, computedAt } = this.stored.campaigns.get(id)
    if (!rule || computedAt !== null) return
    this.parts.results.forget()
    const { data, outcome } = this.parts.results.of(id)
    const rows = layerRows(data, outcome, this.stored.layers.decisions(id))
    this.parts.project.transaction(() => {
      this.stored.layers.replace(id, rows)
      this.stored.campaigns.set(id, { computedAt: this.parts.now() })
    })
  }

  /** Does that a moment from now, with whatever else comes until then. */
  freshSoon(id: CampaignId): void {
    if (this.waiting?.id === id) return
    const row = this.stored.campaigns.find(id)
    if (!row?.rule || row.computedAt !== null) return
    this.close()
    const timer = setTimeout(() => {
      this.waiting = null
      try {
        this.fresh(id)
        this.changed(id)
      } catch {
        // Whoever reads the layer next works it in, and hears what is in the way.
      }
    }, soonMs)
    timer.unref()
    this.waiting = { id, timer }
  }

  close(): void {
    if (this.waiting) clearTimeout(this.waiting.timer)
    this.waiting = null
  }

  private get stored() {
    return this.parts.project.repositories
  }

  private async do(actor: Actor, campaign: CampaignId, rule: ConsensusRule | null): Promise<void> {
    const edit = consolidate.of({ campaign, rule })
    await this.parts.project.write(() => this.parts.project.history.do(this.whose(actor, campaign), edit))
    this.parts.results.forget()
    this.fresh(campaign)
    this.changed(campaign)
  }

  private called(name: string): CampaignRow | undefined {
    const all = this.stored.campaigns.all()
    return all.find(({ id }) => id === name) ?? all.find((one) => one.name === name)
  }

  private whose(actor: Actor, id: CampaignId) {
    return { scope: `${id} layer`, person: actor.id }
  }

  private changed(id: CampaignId): void {
    this.parts.results.forget()
    this.parts.onChange(id)
  }
}
