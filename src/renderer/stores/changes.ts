import type { Change } from '@shared/contract/system'
import { defineStore } from 'pinia'
import { getCurrentScope, onScopeDispose } from 'vue'
import { useApi } from '@renderer/connection/api'
import { follow } from '@renderer/connection/streams'

type Area = Change['area']
type Listener = (ids: readonly string[]) => void

/** What changed on disk, whoever changed it: this window, another, or the command line. */
export const useChanges = defineStore('changes', () => {
  const api = useApi()
  const listeners = new Map<Area, Set<Listener>>()
  const ended = new AbortController()
  onScopeDispose(() => ended.abort())

  function tell({ area, ids }: Change): void {
    for (const listener of listeners.get(area) ?? []) listener(ids)
  }

  let before = false
  /** After a gap anything may have changed. */
  function tellAll(): void {
    if (before) for (const area of listeners.keys()) tell({ area, ids: [] })
    before = true
  }

  function begin(): void {
    void follow((signal) => api.system.changes(undefined, { signal }), tell, { signal: ended.signal, opened: tellAll })
  }

  /** Calls `listener` at each change of `area`, with the ids concerned (none: all); ends with the caller's scope. */
  function on(area: Area, listener: Listener): void {
    const set = listeners.get(area) ?? new Set()
    listeners.set(area, set.add(listener))
    if (getCurrentScope()) onScopeDispose(() => set.delete(listener))
  }

  begin()
  return { on }
})
