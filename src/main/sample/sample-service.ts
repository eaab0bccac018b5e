import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { owner } from '@shared/actor'
import { SampleConfig } from '@shared/config/sample'
import type { Change } from '@shared/contract/system'
import { ImportOptions } from '@shared/contract/library'
import { AttributeId, ClassId, type JobId, TrackId, type VideoId } from '@shared/ids'
import type { ImportService } from '@main/library/import-service'
import type { JobContext, JobQueue } from '@main/jobs/job-queue'
import type { Project } from '@main/project/project'
import { classNames, vocabulary } from './vocabulary'
import { newId } from '@main/store/database/new-id'
import type { WholeTrack } from '@main/store/repositories/track-repository'
import type { SampleEntry } from './sample-entry'
import type { Workers } from '@main/runs/workers'

export interface SampleParts {
  project: Project
  workers: Workers
  imports: ImportService
  onChange: (change: Change) => void
}

type Steps = Pick<JobContext, 'signal' | 'progress'>

/** Fills a project with ShapeActs: files drawn by the worker, imported as any others, and labelled in one go. */
export class SampleService {
  constructor(
    private readonly parts: SampleParts,
    private readonly jobs: () => JobQueue,
  ) {}

  async start(config: SampleConfig): Promise<{ job: JobId }> {
    const payload = SampleConfig.parse(config)
    return { job: (await this.jobs().start({ kind: 'sample', title: 'Making the sample data set', payload })).id }
  }

  /** Runs jobs of kind 'sample'. */
  readonly runJob = ({ payload, signal, progress }: JobContext<'sample'>): Promise<unknown> =>
    this.fill(payload, { signal, progress })

  async fill(config: SampleConfig, { signal, progress }: Steps): Promise<{ videos: number }> {
    const { project, workers, imports } = this.parts
    const folder = project.paths.sources
    const { manifest } = await workers.draw({ folder, config }, { signal, progress })
    const entries = JSON.parse(await readFile(manifest, 'utf8')) as SampleEntry[]
    const { classes, attributes } = await project.write(() => this.putVocabulary(config))
    const lists = await this.writeLists(folder, entries)
    const paths = [...classes.keys()].map((name) => join(folder, name))
    const options = ImportOptions.parse({ paths, classFrom: 'folder', ...lists })
    await imports.import(options, { signal, progress })
    progress({ label: 'writing labels', done: 0, total: null, secondsLeft: null })
    await project.write(() => this.putLabels(entries, attributes))
    for (const area of ['library', 'annotation'] as const) this.parts.onChange({ area, ids: [] })
    return { videos: entries.length }
  }

  /** Classes and attributes in the sample's own order, which is that of its numbers. */
  private putVocabulary(config: SampleConfig) {
    const { classes, attributes } = this.parts.project.repositories
    const classIds = new Map<string, ClassId>()
    for (const name of classNames(config)) {
      const row = classes.byName(name) ?? { id: newId(ClassId), name }
      classes.put(row)
      classIds.set(name, row.id)
    }
    const attributeIds = new Map<string, AttributeId>()
    for (const { name, group } of vocabulary(config)) {
      const fresh = {
        id: newId(AttributeId),
        name,
        group,
        side: 'none' as const,
        description: '',
        hotkey: '',
        picture: null,
      }
      const row = attributes.byName(name) ?? {
        ...fresh,
        position: attributes.nextPosition(),
        slot: attributes.freeSlot(),
      }
      attributes.put(row)
      attributeIds.set(name, row.id)
    }
    return { classes: classIds, attributes: attributeIds }
  }

  private async writeLists(folder: string, entries: readonly SampleEntry[]) {
    const write = async (split: 'train' | 'test') => {
      const file = join(folder, `${split}.txt`)
      const names = entries.filter((entry) => entry.split === split).map(({ name }) => name)
      await writeFile(file, `${names.join('\n')}\n`)
      return file
    }
    return { trainList: await write('train'), testList: await write('test') }
  }

  /** What is in each clip is known, so every attribute is answered, and every box is dense. */
  private putLabels(entries: readonly SampleEntry[], attributes: ReadonlyMap<string, AttributeId>): void {
    const { answers, tracks, videos } = this.parts.project.repositories
    const about = entries.flatMap((entry) => {
      const video = videos.byName(entry.name)?.id
      return video ? [{ entry, video }] : []
    })
    const answered = new Set(answers.ofVideos(about.map(({ video }) => video)).map(({ video }) => video))
    const fresh = about.filter(({ video }) => !answered.has(video))
    const at = Date.now()
    answers.insertAll(
      fresh.flatMap(({ entry, video }) =>
        [...attributes].map(([name, attribute]) => {
          const value = entry.attributes.includes(name) ? ('present' as const) : ('absent' as const)
          return { video, attribute, person: owner.id, value, at }
        }),
      ),
    )
    tracks.putAll(fresh.flatMap(({ entry, video }) => tracksOf(entry, video, attributes)))
  }
}

function tracksOf(entry: SampleEntry, video: VideoId, attributes: ReadonlyMap<string, AttributeId>): WholeTrack[] {
  return entry.tracks.flatMap(({ attribute: name, keyframes }) => {
    const attribute = attributes.get(name)
    if (!attribute || keyframes.length === 0) return []
    const about = { kind: 'attribute' as const, source: 'person' as const, person: owner.id }
    return [{ id: newId(TrackId), video, attribute, ...about, keyframes: [...keyframes] }]
  })
}
