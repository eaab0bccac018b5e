import type { Contradiction, ImportReport, ImportRow } from '@shared/contract/library'
import { ClassId, VideoId } from '@shared/ids'
import { WordIndex } from '@shared/match-names'
import type { ImportResult } from '@shared/media'
import type { Project } from '@main/project/project'
import { putStates } from '@main/edits/annotation/set-label'
import { freeName } from '@main/store/database/free-name'
import { newId } from '@main/store/database/new-id'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import { priorsMoved } from '@main/edits/library/class-priors'
import { contradictionsOf } from './contradictions'
import type { PlannedVideo } from './import-plan'

/** Writes what an import found into a project. */
export class ImportRecorder {
  /** Videos that were given a class and have not yet got what is said of it. */
  private readonly classed = new Set<VideoId>()

  constructor(private readonly project: Project) {}

  /**
   * Writes some results, in one transaction. What could not be read is only reported; what is already there (the same
   * content) gets the class and split it lacks, and its new place if it had moved.
   * @param planned the whole plan, or at least the videos of these results
   */
  record(planned: readonly PlannedVideo[], results: readonly ImportResult[]): ImportRow[] {
    const byPath = new Map(planned.map((video) => [video.path, video]))
    return this.project.transaction(() =>
      results.map((result) => {
        const plan = byPath.get(result.path)
        if (!plan) throw new Error(`not in the import's plan: ${result.path}`)
        return this.recordOne(plan, result)
      }),
    )
  }

  /**
   * Takes class or split from videos that an import brought in from several files which do not agree: which of them
   * came first is chance. What a video had before this import stays.
   */
  settle(planned: readonly PlannedVideo[], rows: readonly ImportRow[]): Contradiction[] {
    const { videos } = this.project.repositories
    const found = contradictionsOf(planned, rows)
    return this.project.transaction(() =>
      found.map(({ isNew, ...contradiction }) => {
        const { video, about } = contradiction
        if (isNew) videos.set([video], about === 'class' ? { class: null } : { split: null })
        return { ...contradiction, name: videos.get(video).name }
      }),
    )
  }

  /** Says of the videos that were given a class what is said of that class, and returns them. */
  bringPriors(): VideoId[] {
    const { repositories } = this.project
    const given = repositories.videos.ofIds([...this.classed])
    this.classed.clear()
    const states = [...Map.groupBy(given, (video) => video.class)].flatMap(([to, some]) =>
      to === null
        ? []
        : priorsMoved(
            repositories,
            some.map(({ id }) => id),
            to,
          ),
    )
    this.project.transaction(() => putStates(repositories, states))
    return [...new Set(states.map(({ video }) => video))]
  }

  private recordOne(plan: PlannedVideo, { record }: ImportResult): ImportRow {
    if (record.status === 'failed') return rowOf(plan.path, { video: null, record, duplicate: false })
    const { videos } = this.project.repositories
    const same = videos.bySha256(record.sha256)
    if (same) {
      this.complete(same, plan)
      if (same.moved) videos.setMedia(same.id, this.project.paths.stored(plan.path), record)
      const reason = `The same content is already in the project as ${same.name}.`
      return rowOf(plan.path, { video: same.id, record: { ...record, reason }, duplicate: true })
    }
    const id = newId(VideoId)
    videos.insert({
      id,
      name: freeName(plan.name, (name) => videos.byName(name) !== null),
      class: this.classId(plan.class),
      split: plan.split,
      path: this.project.paths.stored(plan.path),
      importedAt: Date.now(),
      record,
    })
    if (plan.class) this.classed.add(id)
    return rowOf(plan.path, { video: id, record, duplicate: false })
  }

  private complete(video: VideoRecord, plan: PlannedVideo): void {
    const { videos } = this.project.repositories
    if (video.class === null && plan.class) {
      videos.set([video.id], { class: this.classId(plan.class) })
      this.classed.add(video.id)
    }
    if (video.split === null && plan.split) videos.set([video.id], { split: plan.split })
  }

  private classId(name: string | null): ClassId | null {
    if (name === null) return null
    const { classes } = this.project.repositories
    const { found } = new WordIndex(classes.rows().map((item) => ({ item, name: item.name }))).find(name)
    if (found) return found.id
    const id = newId(ClassId)
    classes.put({ id, name })
    return id
  }
}

/** The whole of an import in numbers. */
export function importReport(
  rows: ImportRow[],
  about: Pick<ImportReport, 'unlisted' | 'contradictions'>,
): ImportReport {
  const fresh = rows.filter((row) => !row.duplicate && row.status !== 'failed')
  return {
    rows,
    imported: fresh.length,
    damaged: fresh.filter(({ status }) => status === 'damaged').length,
    failed: rows.filter(({ status }) => status === 'failed').length,
    duplicate: rows.filter(({ duplicate }) => duplicate).length,
    ...about,
  }
}

function rowOf(
  path: string,
  { video, record, duplicate }: { video: VideoId | null; record: ImportResult['record']; duplicate: boolean },
): ImportRow {
  const { status, reason, frames, rotateClockwise, width, height } = record
  return { path, video, status, reason, frames, rotateClockwise, width, height, duplicate }
}
