import type { LabelsApplied, NamedLabel } from '@shared/contract/library'
import type { Change } from '@shared/contract/system'
import { AttributeId, type VideoId } from '@shared/ids'
import { putAttribute } from '@main/edits/library/attributes'
import { setLabels } from '@main/edits/library/videos'
import { Names } from '@main/library/names'
import type { Project } from '@main/project/project'
import type { Edit } from '@main/store/history/history'
import { newId } from '@main/store/database/new-id'
import type { LabelState } from '@main/store/repositories/label-repository'
import { folded } from '@main/store/repositories/sort-key'

/** Brings labels in by name, all of them as one step of the library's history. */
export class LabelImport {
  private readonly names: Names

  constructor(
    private readonly project: Project,
    private readonly onChange: (change: Change) => void,
  ) {
    this.names = new Names(project.repositories)
  }

  /**
   * Applies labels in order; the later of two for the same video and attribute counts. Attributes that are not there yet
   * are made. What is said of a class never replaces what a person or a consensus said of a video.
   * Throws Failure UNKNOWN_NAME for a video or class, and then nothing is changed.
   */
  apply(rows: readonly NamedLabel[]): LabelsApplied {
    const words = this.words(rows)
    const { states, kept } = this.states(rows, words.ids)
    const videos = new Set(states.map(({ video }) => video))
    if (states.length + words.edits.length > 0) {
      const label = `Import ${states.length} labels`
      this.project.history.doAll('library', label, [...words.edits, setLabels.of({ labels: states })])
      this.onChange({ area: 'library', ids: [] })
      this.onChange({ area: 'annotation', ids: [] })
    }
    return { labels: states.length, videos: videos.size, newAttributes: words.names, kept }
  }

  private words(rows: readonly NamedLabel[]) {
    const { attributes } = this.project.repositories
    const known = attributes.rows()
    const ids = new Map(known.map(({ id, name }) => [folded(name), id]))
    const taken = new Set(known.map(({ slot }) => slot))
    const names: string[] = []
    const edits: Edit[] = []
    for (const { attribute } of rows) {
      const name = attribute.trim().normalize('NFC')
      if (ids.has(folded(name))) continue
      const id = newId(AttributeId)
      const position = attributes.nextPosition() + names.length
      const slot = firstFree(taken)
      taken.add(slot)
      ids.set(folded(name), id)
      names.push(name)
      edits.push(putAttribute.of({ row: { id, name, position, slot, group: '', side: 'none', description: '' } }))
    }
    return { ids, names, edits }
  }

  private states(rows: readonly NamedLabel[], ids: ReadonlyMap<string, AttributeId>) {
    const { labels } = this.project.repositories
    const byPlace = new Map<string, LabelState>()
    let kept = 0
    for (const row of rows) {
      const attribute = ids.get(folded(row.attribute.trim()))
      if (!attribute) continue
      const source = row.of === 'video' ? ('person' as const) : ('class' as const)
      for (const video of this.videosOf(row)) {
        const place = `${video} ${attribute}`
        const before = byPlace.get(place)?.answer ?? labels.find(video, attribute)
        if (source === 'class' && before && before.source !== 'class') kept += 1
        else byPlace.set(place, { video, attribute, answer: { value: row.value, source, annotator: null } })
      }
    }
    return { states: [...byPlace.values()], kept }
  }

  private videosOf({ of, name }: NamedLabel): VideoId[] {
    if (of === 'video') return [this.names.video(name).id]
    return this.project.repositories.videos.idsOfClass(this.names.class(name).id)
  }
}

function firstFree(taken: ReadonlySet<number>): number {
  let slot = 0
  while (taken.has(slot)) slot += 1
  return slot
}
