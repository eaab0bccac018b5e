import { owner } from '@shared/actor'
import type { Answers, DrawnTrack } from '@shared/contract/campaign-words'
import type { CrowdReport } from '@shared/contract/crowds'
import type { LabelValue } from '@shared/contract/library'
import { NameIndex, WordIndex } from '@shared/match-names'
import { type AttributeId, type CampaignId, PersonId, TrackId } from '@shared/ids'
import type { SaidState } from '@main/edits/annotation/said'
import { replaceTracks } from '@main/edits/annotation/replace-tracks'
import { setLabels } from '@main/edits/library/videos'
import type { RowNote } from '@main/interchange/dataset'
import { fitTrack } from '@main/interchange/fit-track'
import { type CrowdAnswer, neutralVideo } from '@main/interchange/turk/crowd-answer'
import type { Project } from '@main/project/project'
import { newId } from '@main/store/database/new-id'
import type { ItemRow } from '@main/store/repositories/campaign-repository'
import type { VideoRecord } from '@main/store/repositories/video-repository'

/** An assignment in the words of the project. */
interface Taken {
  item: ItemRow
  person: PersonId
  said: CrowdAnswer
  answers: Answers
  tracks: DrawnTrack[]
}

/** Adds up what an import finds. */
export type CrowdCounts = Omit<CrowdReport, 'dryRun' | 'reasons' | 'otherVideos' | 'otherWords'>

const noPlan = { shift: 0, scale: 1, clip: true } as const

/** Answers of a crowd on their way into a campaign. Nothing is changed before `apply`. */
export class CrowdImport {
  private readonly taken = new Map<string, Taken>()
  private readonly videos: NameIndex<{ item: ItemRow; video: VideoRecord }>
  private readonly words: WordIndex<{ id: AttributeId; name: string }>
  private readonly asksLabels: boolean
  readonly otherVideos = new Set<string>()
  readonly otherWords = new Set<string>()
  rows = 0

  constructor(
    private readonly project: Project,
    private readonly campaign: CampaignId,
    private readonly note: (note: RowNote, count?: number) => void,
  ) {
    const { campaigns, videos, attributes } = project.repositories
    const { kind, attributes: asked } = campaigns.get(campaign)
    const items = new Map(campaigns.items(campaign).map((item) => [item.video, item]))
    const own = videos.ofIds([...items.keys()])
    this.videos = new NameIndex(
      own.flatMap((video) => {
        const item = items.get(video.id)
        return item ? [{ item: { item, video }, name: video.name, path: video.path, sha256: video.sha256 }] : []
      }),
    )
    const ids = new Set(asked)
    const rows = attributes.rows().filter(({ id }) => ids.has(id))
    this.words = new WordIndex(rows.map((item) => ({ item, name: item.name })))
    this.asksLabels = kind !== 'boxes'
  }

  take(said: CrowdAnswer): void {
    this.rows += 1
    const { found } = this.videos.find(said.video)
    if (!found) return void this.otherVideos.add(said.video)
    const person = PersonId.parse(said.worker.slice(0, 200))
    const { item, video } = found
    const known = {
      ...{ name: video.name, frames: video.frames, width: video.width, height: video.height, fps: video.fps },
      timestampsMs: () => this.project.repositories.videos.frameTable(video.id).timestampsMs,
    }
    const { tracks } = neutralVideo({ ...said, video: video.name }, { known, frameOtherwise: 0 })
    const lost = said.tracks.length - tracks.length
    const { line } = said
    if (lost > 0)
      this.note({ kind: 'outOfRange', line, reason: `${video.name}: boxes at times it does not have` }, lost)
    const drawn = tracks.flatMap(({ attribute, keyframes }) => {
      const word = this.word(attribute ?? '')
      const fitting = fitTrack(keyframes, video, { plan: noPlan, line, note: this.note })
      return word && fitting.length > 0 ? [{ track: newId(TrackId), attribute: word, keyframes: fitting }] : []
    })
    const place = `${item.id} ${person}`
    if (this.taken.has(place))
      this.note({
        kind: 'duplicate',
        line,
        reason: `${video.name}: ${said.worker} answered it twice; the later one counts`,
      })
    this.taken.set(place, { item, person, said, answers: this.answers(said.labels), tracks: drawn })
  }

  /** Puts all of it into the campaign, and what counts into the answers of the project: one step, or nothing. */
  apply(now: number): CrowdCounts {
    const counts = this.counts()
    const { repositories, history } = this.project
    const removed: TrackId[] = []
    const counting = [...this.taken.values()].filter(({ said }) => said.status !== 'rejected' && said.skipped === null)
    for (const one of this.taken.values()) removed.push(...this.put(one, now))
    const there = new Set(repositories.tracks.ofVideos(counting.map(({ item }) => item.video)).map(({ id }) => id))
    const put = counting.flatMap(({ item: { video }, person, tracks }) =>
      tracks.map(({ track, ...drawn }) => {
        return { id: track, ...drawn, video, person, kind: 'attribute' as const, source: 'person' as const }
      }),
    )
    const labels = counting.flatMap(statesOf)
    const edits = [
      ...(labels.length > 0 ? [setLabels.of({ labels })] : []),
      ...(put.length + removed.length > 0
        ? [replaceTracks.of({ remove: removed.filter((id) => there.has(id)), put })]
        : []),
    ]
    const words = `Bring in ${counts.taken} answers of a crowd`
    if (edits.length > 0) history.doAll({ scope: 'library', person: owner.id }, words, edits)
    return counts
  }

  counts(): CrowdCounts {
    const all = [...this.taken.values()]
    const rejected = all.filter(({ said }) => said.status === 'rejected')
    const skipped = all.filter(({ said }) => said.status !== 'rejected' && said.skipped !== null)
    const taken = all.filter((one) => !rejected.includes(one) && !skipped.includes(one))
    const { campaignWork: work } = this.project.repositories
    return {
      rows: this.rows,
      workers: new Set(all.map(({ person }) => person)).size,
      taken: taken.length,
      replaced: taken.filter(({ item, person }) => work.find(item.id, person)?.state === 'answered').length,
      rejected: rejected.length,
      skipped: skipped.length,
      labels: taken.reduce((sum, { answers }) => sum + Object.keys(answers).length, 0),
      tracks: taken.reduce((sum, { tracks }) => sum + tracks.length, 0),
    }
  }

  /** @returns tracks of an earlier import that these stand in the place of */
  private put({ item, person, said, answers, tracks }: Taken, now: number): TrackId[] {
    const { campaignWork: work, campaigns } = this.project.repositories
    const before = work.tracksOf(item.id).filter((track) => track.person === person)
    const isSkipped = said.skipped !== null
    const endedAt = said.submittedAt ?? now
    work.setSaid(item.id, person, isSkipped ? { answers: {}, tracks: [] } : { answers, tracks })
    work.put({
      ...{ item: item.id, person, state: isSkipped ? 'skipped' : 'answered', endedAt },
      ...{ givenAt: said.acceptedAt ?? endedAt, leaseUntil: endedAt, seconds: said.seconds, draft: {} },
      ...{ reason: isSkipped ? 'other' : null, note: said.skipped ?? '' },
      outside: JSON.stringify({ assignment: said.assignment, hit: said.hit, status: said.status }),
      leftOut: said.status === 'rejected' || campaigns.leftOut(this.campaign).has(person),
    })
    return before.map(({ track }) => track)
  }

  private answers(labels: Readonly<Record<string, LabelValue>>): Answers {
    if (!this.asksLabels) return {}
    return Object.fromEntries(
      Object.entries(labels).flatMap(([name, value]) => {
        const word = this.word(name)
        return word ? [[word, value]] : []
      }),
    )
  }

  private word(name: string): AttributeId | null {
    const id = this.words.find(name).found?.id ?? null
    if (!id) this.otherWords.add(name)
    return id
  }
}

function statesOf({ item: { video }, person, said, answers }: Taken): SaidState[] {
  return (Object.entries(answers) as [AttributeId, LabelValue][]).map(([attribute, value]) => {
    return { video, attribute, person, answer: { value, at: said.submittedAt } }
  })
}
