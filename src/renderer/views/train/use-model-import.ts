import { ImportedModelSettings } from '@shared/config/imported-model'
import type { ModelFacts } from '@shared/contract/learning'
import { classOrder, namesIn } from '@shared/class-order'
import type { RunId } from '@shared/ids'
import { computed, type Ref, ref, shallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useRuns } from '@renderer/stores/runs'
import { useVocabulary } from '@renderer/stores/vocabulary'

/** What the form asks besides layers and classes. */
export const modelSettings = ImportedModelSettings.omit({ taps: true })

/** What a look at the file needs where it leaves it open. */
export const openParts = ImportedModelSettings.pick({ classOutput: true, frames: true, size: true })

/** A model's file, and what it is. */
function useModelFile(settings: Ref<Record<string, unknown>>, onFound: (facts: ModelFacts) => void) {
  const api = useApi()
  const path = ref('')
  const facts = shallowRef<ModelFacts | null>(null)
  const state = ref<'idle' | 'looking' | 'importing'>('idle')
  const problem = shallowRef<unknown>(null)
  const maps = computed(() => facts.value?.layers.filter(({ isMap }) => isMap) ?? [])
  let latest = 0

  function forget(): void {
    latest++
    ;[path.value, facts.value, problem.value, state.value] = ['', null, null, 'idle']
  }

  /** Looks at the file. An answer that arrives after a newer question is dropped. */
  async function look(): Promise<void> {
    const mine = ++latest
    if (!path.value.trim()) return
    ;[state.value, problem.value, facts.value] = ['looking', null, null]
    try {
      const found = await api.learning.inspectModel({ ...openParts.parse(settings.value), path: path.value.trim() })
      if (mine !== latest) return
      facts.value = found
      onFound(found)
    } catch (error) {
      if (mine === latest) problem.value = error
    } finally {
      if (mine === latest) state.value = 'idle'
    }
  }

  return { path, facts, state, problem, maps, forget, look }
}

/** A model before it is brought in: what it is, which layers are its feature maps, what its outputs are called. */
export function useModelImport() {
  const api = useApi()
  const runs = useRuns()
  const vocabulary = useVocabulary()
  const name = ref('')
  const taps = ref<string[]>([])
  const names = ref('')
  const createClasses = ref(false)
  const settings = ref<Record<string, unknown>>(modelSettings.parse({}))
  const known = computed(() => vocabulary.classes.map((one) => one.name))
  const file = useModelFile(settings, ({ proposed, classes, names: written, scale }) => {
    taps.value = [...proposed]
    // Only a proposal: the order of the project is not that of the model.
    names.value = (written ?? (classes === known.value.length ? known.value : [])).join('\n')
    if (scale) settings.value = { ...settings.value, ...scale, scale: 'custom' }
  })
  const { facts, maps, state, problem } = file
  const order = computed(() => {
    const about = { outputs: facts.value?.classes ?? 0, known: known.value, create: createClasses.value }
    return classOrder(namesIn(names.value), about)
  })
  const parsed = computed(() => modelSettings.safeParse(settings.value))
  const isWhole = computed(() => taps.value.length > 0 && order.value.problems.length === 0 && parsed.value.success)
  const canImport = computed(() => facts.value !== null && isWhole.value && state.value === 'idle')

  function reset(): void {
    file.forget()
    ;[name.value, names.value, taps.value, createClasses.value] = ['', '', [], false]
    settings.value = modelSettings.parse({})
  }

  /** The last map stands first, whatever the order in which they were chosen. */
  function toggle(tap: string): void {
    const chosen = taps.value.includes(tap) ? taps.value.filter((other) => other !== tap) : [...taps.value, tap]
    const place = (name: string) => maps.value.findIndex((layer) => layer.name === name)
    taps.value = chosen.sort((a, b) => place(b) - place(a))
  }

  /** @returns the run; null when it was refused, and `problem` says why */
  async function bringIn(): Promise<RunId | null> {
    if (!facts.value || !parsed.value.success) return null
    ;[state.value, problem.value] = ['importing', null]
    try {
      const { run } = await api.learning.importModel({
        ...{ ...parsed.value.data, path: facts.value.path, taps: [...taps.value] },
        ...{ classes: namesIn(names.value), createClasses: createClasses.value, name: name.value.trim() || undefined },
      })
      await Promise.all([runs.refresh(), createClasses.value ? vocabulary.refresh() : null])
      return run
    } catch (error) {
      problem.value = error
      return null
    } finally {
      state.value = 'idle'
    }
  }

  return { ...file, name, taps, names, createClasses, settings, order, canImport, reset, toggle, bringIn }
}
