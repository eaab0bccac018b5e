import type { EvaluationConfig } from '@shared/config/evaluation'
import type { Cause, Evaluation, Outcome } from '@shared/contract/evaluation'
import type { Run } from '@shared/contract/learning'
import type { EvaluationId, OutcomeId, RunId } from '@shared/ids'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { useProject } from './project'

/** The rows behind a number of the table. */
export interface Behind {
  method: string
  metric: string
  rows: readonly Outcome[]
  /** What the rows are, where they are not those of a number. */
  title?: string
}

/** Another evaluation that the shown one is held against. */
export interface Against {
  id: EvaluationId
  /** Null while they are read. */
  outcomes: readonly Outcome[] | null
}

/** All evaluations, and the runs that can be measured. */
function useList() {
  const api = useApi()
  const notices = useNotices()
  const list = shallowRef<readonly Evaluation[]>([])
  const runs = shallowRef<readonly Run[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  const explainers = computed(() =>
    runs.value.filter((run) => run.kind === 'explainer' && run.state === 'done' && !run.archived),
  )

  async function refresh(): Promise<void> {
    try {
      const [evaluations, all] = await Promise.all([api.evaluation.list(), api.learning.runs()])
      list.value = evaluations
      runs.value = all
      state.value = 'ready'
      problem.value = null
    } catch (error) {
      problem.value = error
      state.value = 'failed'
    }
  }

  /** Starts an evaluation and shows it; null when it was refused, which is said. */
  async function start(config: EvaluationConfig, run?: RunId): Promise<EvaluationId | null> {
    const started = await notices.tried(api.evaluation.start({ run, config }))
    if (started) await refresh()
    return started?.evaluation ?? null
  }

  return { list, runs, explainers, state, problem, refresh, start }
}

/** The evaluation that is looked at: its best outputs, and the rows behind one of its numbers. */
function useOutcomes() {
  const api = useApi()
  const notices = useNotices()
  const chosen = shallowRef<EvaluationId | null>(null)
  const outcomes = shallowRef<readonly Outcome[]>([])
  const outcomesState = ref<'empty' | 'loading' | 'ready'>('empty')
  const behind = shallowRef<Behind | null>(null)
  let latest = 0

  /** Shows an evaluation: its best output of every (video, pair). A later choice drops this one's answer. */
  async function open(id: EvaluationId): Promise<void> {
    const mine = ++latest
    const again = chosen.value === id
    chosen.value = id
    if (!again) {
      outcomes.value = []
      behind.value = null
    }
    outcomesState.value = again && outcomes.value.length > 0 ? 'ready' : 'loading'
    const rows = await notices.tried(api.evaluation.outcomes({ evaluation: id }))
    if (mine !== latest) return
    outcomes.value = rows ?? []
    outcomesState.value = 'ready'
  }

  /** Opens the rows that a number is made of; there are as many as its denominator says. */
  async function openNumber(method: string, metric: string): Promise<void> {
    const id = chosen.value
    if (!id) return
    const rows = await notices.tried(api.evaluation.outcomes({ evaluation: id, method, metric }))
    if (rows && chosen.value === id) behind.value = { method, metric, rows }
  }

  /** Shows some of the outputs as if they stood behind a number. */
  function showRows(title: string, rows: readonly Outcome[]): void {
    behind.value = { method: 'method', metric: '', rows, title }
  }

  function closeNumber(): void {
    behind.value = null
  }

  async function mark(id: OutcomeId, mark: { cause: Cause; note: string } | null): Promise<void> {
    const marked = await notices.tried(api.evaluation.mark({ id, mark }))
    if (!marked) return
    const swap = (rows: readonly Outcome[]) => rows.map((row) => (row.id === id ? marked : row))
    outcomes.value = swap(outcomes.value)
    if (behind.value) behind.value = { ...behind.value, rows: swap(behind.value.rows) }
  }

  return { chosen, outcomes, outcomesState, behind, open, openNumber, showRows, closeNumber, mark }
}

/** The evaluation that the shown one is compared with. */
function useAgainst() {
  const api = useApi()
  const notices = useNotices()
  const against = shallowRef<Against | null>(null)

  async function compareWith(id: EvaluationId): Promise<void> {
    against.value = { id, outcomes: null }
    const outcomes = await notices.tried(api.evaluation.outcomes({ evaluation: id }))
    if (against.value?.id === id) against.value = outcomes ? { id, outcomes } : null
  }

  return { against, compareWith }
}

/** Evaluations of explanation models, the outputs behind their numbers, and what people say of them. */
export const useEvaluation = defineStore('evaluation', () => {
  const api = useApi()
  const notices = useNotices()
  const all = useList()
  const shown = useOutcomes()
  const comparison = useAgainst()
  const { list, refresh, start } = all
  const { chosen, outcomes, open } = shown
  const current = computed(() => list.value.find(({ id }) => id === chosen.value) ?? null)

  /** The same run and settings on the labels of now. */
  async function again(): Promise<EvaluationId | null> {
    return current.value ? start(current.value.config, current.value.run) : null
  }

  async function remove(id: EvaluationId): Promise<void> {
    if (!(await notices.tried(api.evaluation.remove({ id }).then(() => true)))) return
    if (chosen.value === id) chosen.value = null
    if (comparison.against.value?.id === id) comparison.against.value = null
    await refresh()
  }

  const changes = useChanges()
  changes.on('evaluations', async () => {
    const before = current.value?.state
    await refresh()
    const { value } = current
    if (value && value.state === 'done' && before !== 'done') await open(value.id)
  })
  changes.on('runs', () => void refresh())
  changes.on('annotation', () => void refresh())
  watch(
    () => useProject().key,
    () => {
      chosen.value = null
      outcomes.value = []
      comparison.against.value = null
      // What the project before had must not be asked of this one.
      list.value = []
      all.state.value = 'loading'
      void refresh()
    },
  )
  void refresh()

  return { ...all, ...shown, ...comparison, current, again, remove }
})
