import { type AttributeInfo, type ClassInfo, VideoFilter, type VideoRow } from '@shared/contract/library'
import type { WorkState } from '@shared/contract/work-state'
import type { AttributeId, ClassId, PersonId } from '@shared/ids'

export function noFilter(): VideoFilter {
  return { ...VideoFilter.parse({}), attributesMatch: 'any' }
}

/** Names by which a filter is told. */
interface Names {
  classes: ReadonlyMap<ClassId, Pick<ClassInfo, 'name'>>
  attributes: ReadonlyMap<AttributeId, Pick<AttributeInfo, 'name'>>
  people: ReadonlyMap<PersonId, string>
}

/** What keeps a video from being shown or trained on, in a word or two; empty when nothing does. */
export function problemOf({ status, moved, class: of, split }: VideoRow): string {
  if (status === 'failed') return 'unreadable'
  if (moved) return 'moved'
  if (status === 'damaged') return 'damaged'
  return of === null ? 'no class' : split === null ? 'no split' : ''
}

/** What a reviewer accepted is called so wherever it is read. */
export function workWord(state: WorkState): string {
  return state === 'reviewed' ? 'accepted' : state
}

/** A filter in a few words: "done or partly, test, pole". Empty when nothing is filtered. */
export function filterWords(filter: VideoFilter, names: Names): string {
  const named = (ids: readonly AttributeId[]) => ids.map((id) => names.attributes.get(id)?.name ?? '?')
  return [
    filter.annotation.join(' or '),
    filter.splits.map((split) => (split === 'none' ? 'no split' : split)).join(' or '),
    filter.classes.map((id) => names.classes.get(id)?.name ?? '?').join(' or '),
    named(filter.attributes).join(filter.attributesMatch === 'all' ? ' and ' : ' or '),
    workWords(filter, names),
    filter.problems ? 'problems' : '',
    filter.withoutBoxes ? 'without boxes' : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** "submitted or returned, of Ann". */
function workWords({ work, workOf }: VideoFilter, { people }: Names): string {
  if (work.length === 0) return ''
  return `${work.map(workWord).join(' or ')}${workOf === null ? '' : ` of ${people.get(workOf) ?? 'somebody'}`}`
}
