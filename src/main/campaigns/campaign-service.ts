import { type Actor, requireRole } from '@shared/actor'
import { CampaignSettings, type ConsensusRule } from '@shared/config/campaign'
import type { Campaign, CampaignProgress, CampaignState } from '@shared/contract/campaign-words'
import type { CampaignGuidelines, ChangeCampaign, CreateCampaign } from '@shared/contract/campaigns'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import { CampaignId, type VideoId } from '@shared/ids'
import type { Project } from '@main/project/project'
import { newId } from '@main/store/database/new-id'
import type { CampaignRow } from '@main/store/repositories/campaign-repository'
import type { CampaignItems } from './campaign-items'
import type { LayerService } from './layer/layer-service'
import { guidelinesHtml, pictureType } from '@main/guidelines/guidelines-html'
import { readGuidelines } from '@main/guidelines/read-guidelines'

/** Largest picture of guidelines, bytes. */
const largestPicture = 2_000_000

/** What the services of campaigns share. */
export interface CampaignParts {
  project: Project
  items: CampaignItems
  onChange: (change: Change) => void
  now: () => number
}

/** Campaigns: what is asked of which videos, and in which state the asking is. */
export class CampaignService {
  constructor(
    private readonly parts: CampaignParts,
    private readonly layers: LayerService,
  ) {}

  /** Latest first. */
  async list(actor: Actor): Promise<Campaign[]> {
    requireRole(actor, 'reviewer')
    return Promise.all(this.stored.all().map((row) => this.view(row)))
  }

  /** Throws Failure NOT_FOUND, as all calls do for a campaign that is not there. */
  async get(actor: Actor, id: CampaignId): Promise<Campaign> {
    requireRole(actor, 'reviewer')
    const row = this.stored.get(id)
    await this.parts.items.grow(row)
    return this.view(row)
  }

  /** Makes a draft. Without attributes it asks about the whole vocabulary of now. */
  async create(actor: Actor, { kind, ...asked }: CreateCampaign): Promise<Campaign> {
    requireRole(actor, 'owner')
    const row: CampaignRow = {
      ...{ id: newId(CampaignId), name: asked.name, kind, state: 'draft', videos: asked.videos, filter: asked.filter },
      attributes: this.known(asked.attributes),
      ...{ settings: asked.settings, guidelines: asked.guidelines, rule: null, computedAt: null },
      ...{ createdAt: this.parts.now(), openedAt: null },
    }
    await this.parts.project.write(() => this.stored.insert(row))
    return this.changed(row.id)
  }

  /** Throws Failure CAMPAIGN_STATE for videos or attributes of a campaign that was opened: its answers are about them. */
  async change(actor: Actor, { id, settings, attributes, ...rest }: ChangeCampaign): Promise<Campaign> {
    requireRole(actor, 'owner')
    const row = this.stored.get(id)
    const fixed = (['filter', 'videos'] as const).find((name) => rest[name] !== undefined)
    if (row.state !== 'draft' && (fixed ?? attributes))
      throw new Failure('CAMPAIGN_STATE', {
        state: row.state,
        reason: 'Videos and attributes are fixed once a campaign was opened; make another one for others.',
      })
    const values = {
      ...rest,
      ...(attributes && { attributes: this.known(attributes) }),
      ...(settings && { settings: CampaignSettings.parse({ ...row.settings, ...settings }) }),
    }
    await this.parts.project.write(() => this.stored.set(id, values))
    return this.changed(id)
  }

  /**
   * Opens, pauses or closes a campaign; a closed one may be opened again. Opening makes the items.
   * Throws Failure CAMPAIGN_EMPTY where there is nothing to ask.
   */
  async setState(actor: Actor, id: CampaignId, state: Exclude<CampaignState, 'draft'>): Promise<Campaign> {
    requireRole(actor, 'owner')
    const row = this.stored.get(id)
    if (row.state === 'draft' && state !== 'open')
      throw new Failure('CAMPAIGN_STATE', { state: row.state, reason: 'A draft can be opened, and nothing else.' })
    const isFirst = row.state === 'draft' || row.openedAt === null
    if (state === 'open' && (isFirst || row.videos === 'growing')) await this.parts.items.add(row)
    const isEmpty = this.parts.items.words(row).length === 0 || this.stored.items(id).length === 0
    if (state === 'open' && isEmpty) throw new Failure('CAMPAIGN_EMPTY', { campaign: row.name })
    const openedAt = row.openedAt ?? this.parts.now()
    await this.parts.project.write(() => this.stored.set(id, { state, openedAt }))
    return this.changed(id)
  }

  async remove(actor: Actor, id: CampaignId): Promise<void> {
    requireRole(actor, 'owner')
    this.stored.get(id)
    await this.parts.project.write(() => this.stored.remove(id))
    this.parts.onChange({ area: 'campaigns', ids: [id] })
  }

  /** Campaigns that ask about a video and have guidelines. Throws Failure NOT_FOUND. */
  explained(video: VideoId): { id: CampaignId; name: string }[] {
    this.parts.project.repositories.videos.get(video)
    return this.stored.explained(video)
  }

  /**
   * The guidelines as safe HTML, pictures and all: the project's where a campaign has none of its own. Also for
   * annotators, once the campaign was opened.
   */
  guidelines(actor: Actor, id: CampaignId): CampaignGuidelines {
    const { guidelines, state } = this.stored.get(id)
    if (state === 'draft') requireRole(actor, 'reviewer')
    const html = guidelinesHtml(guidelines, this.stored.pictures(id))
    if (html !== '') return { html, of: 'campaign' }
    return { html: readGuidelines(this.parts.project.repositories).html, of: 'project' }
  }

  /** Throws Failure PICTURE_UNUSABLE for what is no picture, or too large a one. */
  async addPicture(actor: Actor, id: CampaignId, base64: string): Promise<{ picture: string; markdown: string }> {
    requireRole(actor, 'owner')
    this.stored.get(id)
    const bytes = Buffer.from(base64, 'base64')
    const type = pictureType(bytes)
    if (!type || bytes.length > largestPicture)
      throw new Failure('PICTURE_UNUSABLE', {
        reason: type ? 'It is larger than 2 MB.' : 'It is no PNG, JPEG, WebP or GIF.',
      })
    const picture = newId(CampaignId)
    await this.parts.project.write(() => this.stored.addPicture({ id: picture, campaign: id, type, bytes }))
    return { picture, markdown: `![](picture:${picture})` }
  }

  /** Makes one layer of the answers. */
  async consolidate(actor: Actor, id: CampaignId, rule?: ConsensusRule): Promise<Campaign> {
    await this.layers.consolidate(actor, id, rule)
    return this.get(actor, id)
  }

  /** Back to the layer before, or to none. */
  async undoConsolidation(actor: Actor, id: CampaignId): Promise<Campaign> {
    await this.layers.undo(actor, id)
    return this.get(actor, id)
  }

  private get stored() {
    return this.parts.project.repositories.campaigns
  }

  private changed(id: CampaignId): Promise<Campaign> {
    this.parts.onChange({ area: 'campaigns', ids: [id] })
    return this.view(this.stored.get(id))
  }

  /** All words of the vocabulary for none. Throws Failure NOT_FOUND for one that is not in it. */
  private known(ids: CampaignRow['attributes']): CampaignRow['attributes'] {
    const { attributes } = this.parts.project.repositories
    if (ids.length === 0) return attributes.rows().map(({ id }) => id)
    return [...new Set(ids)].map((id) => attributes.get(id).id)
  }

  private async view(row: CampaignRow): Promise<Campaign> {
    const { rule: _, computedAt: __, ...told } = row
    const attributes = this.parts.items.words(row).map(({ id }) => id)
    return { ...told, attributes, progress: await this.progress(row), layer: this.layers.info(row) }
  }

  private async progress(row: CampaignRow): Promise<CampaignProgress> {
    const { answersWanted } = row.settings
    const gold = this.stored.countGold(row.id)
    const pace = this.parts.project.repositories.campaignWork.pace(row.id, this.parts.now())
    if (row.state === 'draft') {
      const items = Math.max(0, (await this.parts.items.matching(row)).length - gold)
      const byAnswers = [{ answers: 0, items }]
      return { items, wanted: items * answersWanted, answers: 0, byAnswers, gold, ...pace }
    }
    return { ...progressOf(this.stored.byAnswers(row.id, answersWanted)), gold, ...pace }
  }
}

/** @param rows how many items have how many answers of how many that are wanted */
function progressOf(rows: readonly { answers: number; wanted: number; items: number }[]) {
  const total = (of: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + of(row) * row.items, 0)
  const most = Math.max(0, ...rows.map(({ answers, wanted }) => Math.min(answers, wanted)))
  const byAnswers = Array.from({ length: most + 1 }, (_, answers) => {
    const same = rows.filter((row) => Math.min(row.answers, row.wanted) === answers)
    return { answers, items: same.reduce((sum, { items }) => sum + items, 0) }
  })
  return {
    items: total(() => 1),
    wanted: total(({ wanted }) => wanted),
    answers: total(({ answers, wanted }) => Math.min(answers, wanted)),
    byAnswers,
  }
}
