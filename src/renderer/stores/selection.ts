import type { Chosen, VideoFilter, VideoRow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'

/** Videos one by one, or all that a filter lets through but some. What came last is shown in the video card. */
export interface Selection {
  /** Null where each selected video is named. */
  all: VideoFilter | null
  /** The selected videos; with `all`, those that were taken out again. */
  ids: ReadonlySet<VideoId>
  /** Where a range begins. */
  anchor: VideoId | null
  last: VideoRow | null
}

export const nothingSelected: Selection = { all: null, ids: new Set(), anchor: null, last: null }

export type Extend = 'only' | 'toggle' | 'range'

export function selectOnly(row: VideoRow): Selection {
  return { all: null, ids: new Set([row.id]), anchor: row.id, last: row }
}

export function selectAll(filter: VideoFilter, last: VideoRow | null): Selection {
  return { all: filter, ids: new Set(), anchor: last?.id ?? null, last }
}

/** What stands between the anchor and `row`, which replaces what was selected. */
export function selectRange(now: Selection, ids: readonly VideoId[], row: VideoRow): Selection {
  return { all: null, ids: new Set(ids), anchor: now.anchor, last: row }
}

/** Adds a video or takes it away; the card then shows one that is still selected and known, if there is one. */
export function toggled(now: Selection, row: VideoRow, known: (id: VideoId) => VideoRow | undefined): Selection {
  const ids = new Set(now.ids)
  if (!ids.delete(row.id)) ids.add(row.id)
  const next = { all: now.all, ids, anchor: row.id }
  if (isSelected({ ...next, last: null }, row.id)) return { ...next, last: row }
  if (now.all) return { ...next, last: null }
  const left = [...ids].reverse().map(known)
  return { ...next, last: left.find((other) => other !== undefined) ?? null }
}

export function isSelected({ all, ids }: Selection, id: VideoId): boolean {
  return all === null ? ids.has(id) : !ids.has(id)
}

/** @param matching how many videos the filter of a selection of all lets through */
export function selectedCount({ all, ids }: Selection, matching: number): number {
  return all === null ? ids.size : Math.max(0, matching - ids.size)
}

/** As the studio is told which videos are meant. */
export function chosenOf({ all, ids }: Selection): Chosen {
  return all === null ? [...ids] : { filter: all, except: [...ids] }
}

/** Without videos that are no longer there. */
export function without(now: Selection, gone: readonly VideoId[]): Selection {
  if (gone.length === 0) return now
  const ids = new Set(now.ids)
  for (const id of gone) ids.delete(id)
  const still = (id: VideoId | null) => (id !== null && !gone.includes(id) ? id : null)
  const last = now.last && still(now.last.id) ? now.last : null
  return { all: now.all, ids, anchor: still(now.anchor), last }
}

/** The position an arrow key leads to in a grid of `columns`, kept inside. */
export function neighbour(at: number, key: string, { columns, length }: { columns: number; length: number }): number {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  const to = at + (steps[key] ?? 0)
  return to >= 0 && to < length ? to : at
}
