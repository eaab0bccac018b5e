import type { MetricPoint, Run } from '@shared/contract/learning'
import type { RunId } from '@shared/ids'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useNotices } from '@renderer/stores/notices'

/** A run with its curves. */
export interface BesideRun {
  run: Run
  points: readonly MetricPoint[]
}

/** Most runs whose curves can be told apart in one chart. */
export const mostBeside = 5

/** Other runs of the same kind whose curves lie under those of the shown one. */
export function useBeside(run: () => Run, runs: () => readonly Run[]) {
  const api = useApi()
  const notices = useNotices()
  const chosen = ref<RunId[]>([])
  const read = shallowRef<ReadonlyMap<RunId, readonly MetricPoint[]>>(new Map())
  /** Others with curves of their own: models trained elsewhere have none. */
  const others = computed(() =>
    runs().filter(({ id, kind, preset }) => id !== run().id && kind === run().kind && preset !== 'Imported'),
  )
  /** In the order they were chosen; one whose curves are still read has none yet. */
  const beside = computed(() =>
    chosen.value.flatMap((id): BesideRun[] => {
      const found = others.value.find((other) => other.id === id)
      return found ? [{ run: found, points: read.value.get(id) ?? [] }] : []
    }),
  )

  function toggle(id: RunId): void {
    if (chosen.value.includes(id)) chosen.value = chosen.value.filter((other) => other !== id)
    else if (chosen.value.length < mostBeside) chosen.value = [...chosen.value, id]
  }

  watch(chosen, async (ids) => {
    for (const id of ids.filter((one) => !read.value.has(one))) {
      const found = await notices.tried(api.learning.metrics({ id }))
      if (found) read.value = new Map([...read.value, [id, found]])
    }
  })
  return { chosen, beside, others, toggle }
}
