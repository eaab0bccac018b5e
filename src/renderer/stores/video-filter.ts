import { type AttributeInfo, type ClassInfo, VideoFilter, type VideoRow } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'

export function noFilter(): VideoFilter {
  return { ...VideoFilter.parse({}), attributesMatch: 'any' }
}

/** Names by which a filter is told. */
interface Names {
  classes: ReadonlyMap<ClassId, Pick<ClassInfo, 'name'>>
  attributes: ReadonlyMap<AttributeId, Pick<AttributeInfo, 'name'>>
}

/** What keeps a video from being shown or trained on, in a word or two; empty when nothing does. */
export function problemOf({ status, moved, class: of, split }: VideoRow): string {
  if (status === 'failed') return 'unreadable'
  if (moved) return 'moved'
  if (status === 'damaged') return 'damaged'
  return of === null ? 'no class' : split === null ? 'no split' : ''
}

/** A filter in a few words: "done or partly, test, pole". Empty when nothing is filtered. */
export function filterWords(filter: VideoFilter, names: Names): string {
  const named = (ids: readonly AttributeId[]) => ids.map((id) => names.attributes.get(id)?.name ?? '?')
  return [
    filter.annotation.join(' or '),
    filter.splits.map((split) => (split === 'none' ? 'no split' : split)).join(' or '),
    filter.classes.map((id) => names.classes.get(id)?.name ?? '?').join(' or '),
    named(filter.attributes).join(filter.attributesMatch === 'all' ? ' and ' : ' or '),
    filter.problems ? 'problems' : '',
    filter.withoutBoxes ? 'without boxes' : '',
  ]
    .filter(Boolean)
    .join(', ')
}
