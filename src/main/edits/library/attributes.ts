import { AttributeId, PictureId } from '@shared/ids'
import { WholeSpan } from '@main/edits/annotation/replace-spans'
import { WholeTrack, WholeTrackV1, trackOf } from '@main/edits/annotation/replace-tracks'
import { LabelRowV1, Said, saidOf } from '@main/edits/annotation/said'
import { freeName } from '@main/store/database/free-name'
import { type Edit, defineEdit, older } from '@main/store/history/edit'
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
  /** Edits of before keys could be chosen have none. */
  hotkey: z.string().default(''),
  /** Those of before pictures have none. */
  picture: PictureId.nullable().default(null),
})
type AttributeRow = z.infer<typeof AttributeRow>

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

/** Deletes a word with its labels, tracks and spans. Its inverse holds all of them. */
export const removeAttribute = defineEdit({
  kind: 'attribute.remove',
  change: z.object({ id: AttributeId }),
  label: ({ id }, { attributes }) => `Delete the attribute ${attributes.get(id).name}`,
  apply({ attributes, answers, tracks, spans, campaigns }, { id }): Edit {
    const said = { said: answers.ofAttribute(id), spans: spans.ofAttribute(id) }
    const inverse = { row: attributes.get(id), ...said, tracks: tracks.ofAttribute(id) }
    attributes.remove(id)
    campaigns.overtaken()
    return restoreAttribute.of(inverse)
  },
})

/** Puts a deleted word back with the labels, tracks and spans of the videos that are still there. */
export const restoreAttribute = defineEdit({
  kind: 'attribute.restore',
  change: z.object({
    ...{ row: AttributeRow, said: z.array(Said), tracks: z.array(WholeTrack) },
    /** What was deleted before there were any has none. */
    spans: z.array(WholeSpan).default([]),
  }),
  older: [
    older(
      z.object({ row: AttributeRow, labels: z.array(LabelRowV1), tracks: z.array(WholeTrackV1) }),
      ({ row, labels, tracks }) => ({ row, said: labels.map(saidOf), tracks: tracks.map(trackOf) }),
    ),
  ],
  label: ({ row }) => `Put back the attribute ${row.name}`,
  apply(repositories, { row, said, tracks: trackRows, spans: spanRows }): Edit {
    const { attributes, answers, tracks, spans, videos, campaigns } = repositories
    attributes.put(fitting(repositories, row))
    campaigns.overtaken()
    const there = new Set(videos.ids())
    answers.insertAll(said.filter(({ video }) => there.has(video)))
    tracks.putAll(trackRows.filter(({ video }) => there.has(video)))
    spans.insertAll(spanRows.filter(({ video }) => there.has(video)))
    return removeAttribute.of({ id: row.id })
  },
})

/** Something else may have taken the name or the colour meanwhile; undo must not fail for it. */
function fitting({ attributes }: Repositories, row: AttributeRow): AttributeRow {
  const isTaken = (name: string) => (attributes.byName(name)?.id ?? row.id) !== row.id
  const slot = attributes.hasOtherWithSlot(row) ? attributes.freeSlot() : row.slot
  return { ...row, name: freeName(row.name, isTaken), slot }
}
