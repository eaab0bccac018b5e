import { LabelSource, LabelValue } from '@shared/contract/library'
import { AttributeId, VideoId } from '@shared/ids'
import { WholeTrack } from '@main/edits/annotation/replace-tracks'
import { freeName } from '@main/store/database/free-name'
import { type Edit, defineEdit } from '@main/store/history/history'
import type { Repositories } from '@main/store/repositories'
import { z } from 'zod'

const AttributeRow = z.object({
  id: AttributeId,
  name: z.string(),
  position: z.int(),
  slot: z.int(),
  group: z.string(),
  side: z.enum(['none', 'left', 'right']),
  description: z.string(),
})
type AttributeRow = z.infer<typeof AttributeRow>

export const LabelRow = z.object({
  video: VideoId,
  attribute: AttributeId,
  value: LabelValue,
  source: LabelSource,
  annotator: z.string().nullable(),
})

/** Adds a word to the vocabulary, or changes it. */
export const putAttribute = defineEdit({
  kind: 'attribute.put',
  change: z.object({ row: AttributeRow }),
  label: ({ row }, { attributes }) => {
    const before = attributes.find(row.id)
    if (!before) return `Add the attribute ${row.name}`
    return before.name === row.name ? `Change the attribute ${row.name}` : `Rename an attribute to ${row.name}`
  },
  apply(repositories, { row }): Edit {
    const before = repositories.attributes.find(row.id)
    repositories.attributes.put(fitting(repositories, row))
    return before ? putAttribute.of({ row: before }) : removeAttribute.of({ id: row.id })
  },
})

/** Deletes a word with its labels and tracks. Its inverse holds all of them. */
export const removeAttribute = defineEdit({
  kind: 'attribute.remove',
  change: z.object({ id: AttributeId }),
  label: ({ id }, { attributes }) => `Delete the attribute ${attributes.get(id).name}`,
  apply({ attributes, labels, tracks }, { id }): Edit {
    const inverse = { row: attributes.get(id), labels: labels.ofAttribute(id), tracks: tracks.ofAttribute(id) }
    attributes.remove(id)
    return restoreAttribute.of(inverse)
  },
})

/** Puts a deleted word back with the labels and tracks of the videos that are still there. */
export const restoreAttribute = defineEdit({
  kind: 'attribute.restore',
  change: z.object({ row: AttributeRow, labels: z.array(LabelRow), tracks: z.array(WholeTrack) }),
  label: ({ row }) => `Put back the attribute ${row.name}`,
  apply(repositories, { row, labels: labelRows, tracks: trackRows }): Edit {
    const { attributes, labels, tracks, videos } = repositories
    attributes.put(fitting(repositories, row))
    const there = new Set(videos.ids())
    labels.insertAll(labelRows.filter(({ video }) => there.has(video)))
    tracks.putAll(trackRows.filter(({ video }) => there.has(video)))
    return removeAttribute.of({ id: row.id })
  },
})

/** Something else may have taken the name or the colour meanwhile; undo must not fail for it. */
function fitting({ attributes }: Repositories, row: AttributeRow): AttributeRow {
  const isTaken = (name: string) => (attributes.byName(name)?.id ?? row.id) !== row.id
  const slot = attributes.hasOtherWithSlot(row) ? attributes.freeSlot() : row.slot
  return { ...row, name: freeName(row.name, isTaken), slot }
}
