import type { MetricPoint, Run } from '@shared/contract/learning'
import type { RunId } from '@shared/ids'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useNotices } from '@renderer/stores/notices'

/** Another run of the same kind whose curves lie under those of the shown one. */
export function useBeside(run: () => Run, runs: () => readonly Run[]) {
  const api = useApi()
  const notices = useNotices()
  const chosen = ref<RunId | null>(null)
  const points = shallowRef<readonly MetricPoint[]>([])
  /** Others with curves of their own: models trained elsewhere have none. */
  const others = computed(() =>
    runs().filter(({ id, kind, preset }) => id !== run().id && kind === run().kind && preset !== 'Imported'),
  )
  const beside = computed(() => others.value.find(({ id }) => id === chosen.value) ?? null)

  watch(beside, async (now) => {
    points.value = []
    if (!now) return
    const found = await notices.tried(api.learning.metrics({ id: now.id }))
    if (found && beside.value?.id === now.id) points.value = found
  })
  return { chosen, beside, points, others }
}
