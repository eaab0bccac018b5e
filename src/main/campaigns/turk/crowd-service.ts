import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Actor, requireRole } from '@shared/actor'
import type { CrowdReport, DecideCrowd, ImportCrowd, WriteCrowd, WrittenCrowd } from '@shared/contract/crowds'
import type { Change } from '@shared/contract/system'
import { largestQuestion } from '@shared/crowd-words'
import { Failure } from '@shared/failures'
import type { CampaignId, VideoId } from '@shared/ids'
import { dataUrl } from '@main/files/data-url'
import { diskWords, writeWhole } from '@main/files/write-whole'
import { withoutPictures } from '@main/guidelines/guidelines-html'
import { ReportBuilder } from '@main/interchange/report-builder'
import { openSource } from '@main/interchange/source/open-source'
import { type Source, sampleOf } from '@main/interchange/source/source'
import { answersOfFile, looksLikeAnswers } from '@main/interchange/turk/answer-file'
import { turkTable } from '@main/interchange/turk/turk-table'
import type { Project } from '@main/project/project'
import type { AttributeRow } from '@main/store/repositories/attribute-repository'
import type { CampaignRow } from '@main/store/repositories/campaign-repository'
import { batchCsv } from './batch'
import { CrowdImport } from './crowd-import'
import { bonusCsv, bonusesOf, decidedRows, decisionsCsv, workersCsv } from './decisions'
import { type LayoutWord, turkLayout } from './layout'
import { type KnownWorker, workerNumbers } from './worker-numbers'

export interface CrowdParts {
  project: Project
  onChange: (change: Change) => void
  now: () => number
  /** The guidelines of a campaign as safe HTML, pictures and all. */
  guide: (id: CampaignId) => string
  /** What is known of how well people answer. */
  known: (id: CampaignId) => Promise<readonly KnownWorker[]>
}

/** Campaigns that are answered elsewhere: on Mechanical Turk, by another crowd, or on paper. */
export class CrowdService {
  constructor(private readonly parts: CrowdParts) {}

  /** Writes pages and batches into a folder. Throws Failure NOT_FOUND, CAMPAIGN_EMPTY, FOLDER_NOT_WRITABLE. */
  write(actor: Actor, { id, folder, videosAt, excel, pictures }: WriteCrowd): WrittenCrowd {
    requireRole(actor, 'owner')
    const campaign = this.stored.campaigns.get(id)
    const words = this.words(campaign)
    const items = this.stored.campaigns.items(id)
    if (items.length === 0 || words.length === 0) throw new Failure('CAMPAIGN_EMPTY', { campaign: campaign.name })
    const ids = items.map(({ video }) => video)
    const kinds = campaign.kind === 'both' ? (['attributes', 'boxes'] as const) : [campaign.kind]
    const base = videosAt === '' || videosAt.endsWith('/') ? videosAt : `${videosAt}/`
    const guide = pictures ? this.parts.guide(id) : withoutPictures(this.parts.guide(id))
    const asked = { title: campaign.name, guide, words: this.shown(words, pictures) }
    const pages = kinds.map((kind) => ({ name: `${kind}.html`, text: turkLayout({ kind, ...asked }) }))
    const batches = kinds.map((kind) => {
      return { name: `${kind}-batch.csv`, text: batchCsv(this.batch(campaign, kind, ids), { base, excel }) }
    })
    const files = [...pages, ...batches]
    writeAll(folder, files)
    const tooLarge = pages
      .map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) }))
      .filter(({ bytes }) => bytes > largestQuestion)
    return { folder, files: files.map(({ name }) => name), videos: ids.length, tooLarge }
  }

  /** Rejects with Failure BAD_SETTING for a file that is neither results nor answers; then nothing is changed. */
  async import(actor: Actor, { id, path, dryRun }: ImportCrowd): Promise<CrowdReport> {
    requireRole(actor, 'owner')
    const { project, onChange, now } = this.parts
    const report = new ReportBuilder()
    const crowd = new CrowdImport(project, id, (note, count) => report.note(note, count))
    const source = await openSource(path)
    try {
      for await (const answer of answersOf(source, report)) crowd.take(answer)
    } finally {
      source.close()
    }
    const counts = dryRun ? crowd.counts() : await project.write(() => crowd.apply(now()))
    if (!dryRun) {
      for (const area of ['annotation', 'campaigns', 'library'] as const) onChange({ area, ids: [] })
    }
    const { reasons } = report.build({ format: '', title: '', why: '', dryRun, person: null })
    const [otherVideos, otherWords] = [[...crowd.otherVideos].slice(0, 200), [...crowd.otherWords].slice(0, 200)]
    return { dryRun, ...counts, otherVideos, otherWords, reasons }
  }

  /**
   * Approves every assignment that was brought in; with a reason, rejects those of people who are left out. Rejects with
   * Failure BAD_SETTING for what are no results, FOLDER_NOT_WRITABLE.
   */
  async decide(actor: Actor, { id, path, folder, reject, bonus }: DecideCrowd) {
    requireRole(actor, 'owner')
    const { columns, rows } = await this.decided({ id, path, reject })
    const known = new Map((await this.parts.known(id)).map((one) => [one.person as string, one]))
    const isGood = (worker: string) => {
      const { gold, goldSeen } = known.get(worker) ?? { gold: null, goldSeen: 0 }
      return bonus !== undefined && gold !== null && gold >= bonus.gold && goldSeen >= bonus.goldSeen
    }
    const bonuses = bonus ? bonusesOf(rows, { amount: bonus.amount, isGood }) : []
    const workers = workerNumbers(rows, known)
    const files = [
      { name: 'decisions.csv', text: decisionsCsv(columns, rows) },
      { name: 'workers.csv', text: workersCsv(workers) },
      ...(bonus ? [{ name: 'bonuses.csv', text: bonusCsv(bonuses) }] : []),
    ]
    writeAll(folder, files)
    const count = (kind: 'approve' | 'reject') => rows.filter(({ decision }) => decision && kind in decision).length
    return {
      ...{ folder, files: files.map(({ name }) => name), bonuses: bonuses.length, workers: workers.length },
      ...{ approved: count('approve'), rejected: count('reject') },
    }
  }

  /** The rows of a results file, each with what becomes of it. */
  private async decided({ id, path, reject }: Pick<DecideCrowd, 'id' | 'path' | 'reject'>) {
    const leftOut = this.stored.campaigns.leftOut(id)
    const parts = this.stored.campaignWork.ofCampaign(id)
    const ofAssignment = new Map(parts.map((part) => [assignmentOf(part.outside), part] as const))
    const source = await openSource(path)
    try {
      const table = await turkTable(source, 'auto', () => {})
      const rows = await decidedRows(table, ({ assignment }) => {
        const part = assignment === null ? undefined : ofAssignment.get(assignment)
        if (part?.state !== 'answered') return null
        if (!leftOut.has(part.person)) return { approve: true }
        return reject ? { reject } : null
      })
      return { columns: table.columns, rows }
    } finally {
      source.close()
    }
  }

  private get stored() {
    return this.parts.project.repositories
  }

  private words({ attributes }: CampaignRow) {
    const rows = new Map(this.stored.attributes.rows().map((row) => [row.id, row]))
    return attributes.flatMap((id) => rows.get(id) ?? [])
  }

  /** Words as a page shows them, with their pictures or without. */
  private shown(words: readonly AttributeRow[], pictures: boolean): LayoutWord[] {
    const ids = pictures ? words.flatMap(({ picture }) => picture ?? []) : []
    const sources = new Map(this.stored.pictures.ofIds(ids).map(({ id, bytes }) => [id, dataUrl(bytes, 'image/webp')]))
    return words.map(({ name, description, picture }) => {
      return { name, description, picture: (picture && sources.get(picture)) ?? null }
    })
  }

  /** Videos as a batch names them; of boxes, with the words that are said to be in each. */
  private batch(campaign: CampaignRow, kind: 'attributes' | 'boxes', ids: readonly VideoId[]) {
    const words = this.words(campaign)
    const isAssigned = kind === 'boxes' && (campaign.kind === 'both' || campaign.settings.boxes === 'assigned')
    return this.stored.videos.ofIds(ids).flatMap(({ id, name, path, fps }) => {
      const present = isAssigned ? this.stored.labels.present(id) : null
      const asked = words.filter((word) => present?.has(word.id) ?? true)
      return asked.length > 0 ? [{ name, path, fps, attributes: asked.map((word) => word.name) }] : []
    })
  }
}

/** Answers of whichever of the two the file is. */
async function* answersOf(source: Source, report: ReportBuilder) {
  const onNote = report.note.bind(report)
  const { text, isFolder } = await sampleOf(source)
  if (isFolder || looksLikeAnswers(text)) return yield* answersOfFile(source, 'auto', onNote)
  const { rows } = await turkTable(source, 'auto', onNote)
  for await (const { answer } of rows) if (answer) yield answer
}

/** The assignment that a part was brought in from; null for one that was answered here. */
function assignmentOf(outside: string | null): string | null {
  if (outside === null) return null
  const { assignment } = JSON.parse(outside) as { assignment: string | null }
  return assignment
}

function writeAll(folder: string, files: readonly { name: string; text: string }[]): void {
  diskWords(folder, () => {
    mkdirSync(folder, { recursive: true })
    for (const { name, text } of files) writeWhole(join(folder, name), text)
  })
}
