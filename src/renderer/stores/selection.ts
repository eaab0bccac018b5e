import type { VideoId } from '@shared/ids'

/** What is selected, where a range begins, and which one came last (the video card shows it). */
export interface Selection {
  ids: ReadonlySet<VideoId>
  anchor: VideoId | null
  last: VideoId | null
}

export const nothingSelected: Selection = { ids: new Set(), anchor: null, last: null }

export type Extend = 'only' | 'toggle' | 'range'

/**
 * One click or key on `id`: `only` it, `toggle` it (Ctrl), or the `range` from the anchor to it (Shift), which replaces
 * what was selected. `order` is what is shown, top to bottom.
 */
export function select(now: Selection, order: readonly VideoId[], id: VideoId, extend: Extend): Selection {
  if (extend === 'toggle') {
    const ids = new Set(now.ids)
    if (!ids.delete(id)) return { ids: ids.add(id), anchor: id, last: id }
    return { ids, anchor: id, last: [...ids].at(-1) ?? null }
  }
  const from = now.anchor === null ? -1 : order.indexOf(now.anchor)
  const to = order.indexOf(id)
  if (extend === 'range' && from >= 0 && to >= 0)
    return { ids: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), anchor: now.anchor, last: id }
  return { ids: new Set([id]), anchor: id, last: id }
}

/** Without the videos that are no longer there. */
export function keepPresent(now: Selection, present: ReadonlySet<VideoId>): Selection {
  const ids = new Set([...now.ids].filter((id) => present.has(id)))
  if (ids.size === now.ids.size) return now
  const still = (id: VideoId | null) => (id !== null && present.has(id) ? id : null)
  return { ids, anchor: still(now.anchor), last: still(now.last) ?? [...ids].at(-1) ?? null }
}

/** The position an arrow key leads to in a grid of `columns`, kept inside. */
export function neighbour(at: number, key: string, { columns, length }: { columns: number; length: number }): number {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  const to = at + (steps[key] ?? 0)
  return to >= 0 && to < length ? to : at
}
