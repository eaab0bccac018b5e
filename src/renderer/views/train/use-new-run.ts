import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, explainerPresets } from '@shared/config/explainer'
import { type Estimate, type RunKind, StartRun } from '@shared/contract/learning'
import type { StartSweep } from '@shared/contract/sweeps'
import type { RunId, SweepId } from '@shared/ids'
import { refDebounced } from '@vueuse/core'
import { computed, ref, shallowRef, watch } from 'vue'
import type { z } from 'zod'
import { useApi } from '@renderer/connection/api'
import { useRuns } from '@renderer/stores/runs'
import { useSweepDraft } from './use-sweep-draft'

/** The settings a form shows before the others. */
export const firstSettings: Record<RunKind, readonly string[]> = {
  classifier: ['size', 'frames', 'epochs', 'batch', 'learningRate', 'seed'],
  explainer: ['objective', 'posSampling', 'learningRate', 'batch', 'steps', 'seed'],
}

const kinds: Record<
  RunKind,
  { schema: z.ZodObject; presets: Record<string, { description: string; settings: object }>; usual: string }
> = {
  classifier: { schema: ClassifierConfig, presets: classifierPresets, usual: 'Quick' },
  explainer: { schema: ExplainerConfig, presets: explainerPresets, usual: 'Recommended' },
}

function settingsOf(kind: RunKind, preset: string): Record<string, unknown> {
  return kinds[kind].schema.parse(kinds[kind].presets[preset]?.settings ?? {})
}

/** "lr 0.1, batch 30": what tells presets apart. */
function noteOf(kind: RunKind, preset: string): string {
  const { learningRate, batch, size } = settingsOf(kind, preset)
  return kind === 'classifier'
    ? `${String(size)} px, batch ${String(batch)}`
    : `lr ${String(learningRate)}, batch ${String(batch)}`
}

/** A run before it starts: its settings, what they would need, and what is wrong with the data. */
export function useNewRun(wanted: RunKind) {
  const kind = ref<RunKind>(wanted)
  const preset = ref(kinds[wanted].usual)
  const settings = ref(settingsOf(wanted, preset.value))
  const name = ref('')
  const explains = ref<RunId | null>(null)
  const startFrom = ref<RunId | null>(null)
  /** Where changed settings came from. */
  const from = ref(preset.value)

  const schema = computed(() => kinds[kind.value].schema)
  const usual = computed(() => settingsOf(kind.value, preset.value === 'Custom' ? '' : preset.value))
  /** What the settings were before a person changed any. */
  const begun = computed(() => settingsOf(kind.value, preset.value === 'Custom' ? from.value : preset.value))
  const presets = computed(() => [
    ...Object.entries(kinds[kind.value].presets).map(([name, { description }]) => ({
      ...{ name, description, note: noteOf(kind.value, name) },
    })),
    { name: 'Custom', description: `${from.value} with changes.`, note: 'everything' },
  ])
  const description = computed(() => presets.value.find(({ name }) => name === preset.value)?.description ?? '')

  function choose(chosen: string): void {
    preset.value = chosen
    if (chosen === 'Custom') return
    from.value = chosen
    settings.value = settingsOf(kind.value, chosen)
  }

  watch(kind, (now) => choose(kinds[now].usual))
  watch(settings, (now) => {
    const asPreset = settingsOf(kind.value, preset.value)
    if (preset.value !== 'Custom' && JSON.stringify(now) !== JSON.stringify(asPreset)) preset.value = 'Custom'
  })

  /** What would be asked for; null while a setting is outside its bounds. */
  const start = computed(() => {
    const asked = {
      ...{ kind: kind.value, preset: preset.value, name: name.value.trim() || undefined, config: settings.value },
      explains: kind.value === 'explainer' ? (explains.value ?? undefined) : undefined,
      startFrom: kind.value === 'classifier' ? (startFrom.value ?? undefined) : undefined,
    }
    const parsed = StartRun.safeParse(asked)
    return parsed.success ? parsed.data : null
  })
  const budget = computed(() => Number(settings.value.memoryBudget))
  const sweep = useSweepDraft(schema, settings)
  return {
    sweep,
    ...{ kind, preset, settings, name, explains, startFrom, schema, usual, begun, presets, description, choose },
    ...{ start, budget },
    ...useEstimate(start, sweep.asked),
  }
}

function useEstimate(
  start: { readonly value: StartRun | null },
  sweep: { readonly value: Pick<StartSweep, 'axes' | 'plan'> | null },
) {
  const api = useApi()
  const runs = useRuns()
  const estimate = shallowRef<Estimate | null>(null)
  const problem = shallowRef<unknown>(null)
  const settled = refDebounced(
    computed(() => start.value),
    250,
  )
  let latest = 0

  /** An answer that arrives after a newer question is dropped. */
  watch(
    settled,
    async (asked) => {
      const mine = ++latest
      if (!asked) return
      try {
        const found = await api.learning.estimate(asked)
        if (mine === latest) [estimate.value, problem.value] = [found, null]
      } catch (error) {
        if (mine === latest) [estimate.value, problem.value] = [null, error]
      }
    },
    { immediate: true },
  )

  const isRefused = computed(() => estimate.value?.findings.some(({ level }) => level === 'error') ?? false)

  /** Starts the run, or the runs of a sweep. @returns what was started; null when it was refused, and `problem` says why */
  async function begin(): Promise<{ run: RunId } | { sweep: SweepId } | null> {
    const one = start.value
    if (!one) return null
    try {
      const started = sweep.value
        ? { sweep: (await api.sweeps.start({ start: one, ...sweep.value })).sweep }
        : { run: (await api.learning.start(one)).run }
      problem.value = null
      await runs.refresh()
      return started
    } catch (error) {
      problem.value = error
      return null
    }
  }

  return { estimate, problem, isRefused, begin }
}
