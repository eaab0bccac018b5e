import type { MetricPoint, Run } from '@shared/contract/learning'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { follow } from '@renderer/connection/streams'
import { withPoints } from './run-curves'

/** The curves and log of a run: what there is, then what comes as long as it runs. */
export function useRunPoints(run: () => Run) {
  const api = useApi()
  const points = shallowRef<readonly MetricPoint[]>([])
  const log = shallowRef<readonly string[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  let watching = new AbortController()

  async function read(signal: AbortSignal): Promise<void> {
    const { id } = run()
    try {
      const [found, lines] = await Promise.all([api.learning.metrics({ id }), api.learning.log({ id })])
      if (signal.aborted) return
      points.value = withPoints([], found)
      log.value = lines
      state.value = 'ready'
    } catch (error) {
      if (signal.aborted) return
      problem.value = error
      state.value = 'failed'
    }
  }

  watch(
    () => [run().id, run().state] as const,
    async ([id, now], before) => {
      watching.abort()
      watching = new AbortController()
      const { signal } = watching
      if (id !== before?.[0]) [points.value, log.value, state.value] = [[], [], 'loading']
      await read(signal)
      if (now !== 'running' || signal.aborted) return
      const readLog = setInterval(
        () => void api.learning.log({ id }).then((lines) => (log.value = lines), ignore),
        5000,
      )
      signal.addEventListener('abort', () => clearInterval(readLog))
      const open = (ended: AbortSignal) => api.learning.watch({ id }, { signal: ended })
      await follow(open, (point) => (points.value = withPoints(points.value, [point])), { signal })
    },
    { immediate: true },
  )
  onScopeDispose(() => watching.abort())
  return { points, log, state, problem }
}

/** The next reading comes in a moment; a lost connection says so itself. */
function ignore(): void {}
