import { settingFields } from '@shared/config/setting-words'
import { type SweepAxis, SweepPlan, mostSweepRuns } from '@shared/config/sweep'
import { sweepSize } from '@shared/config/sweep-levels'
import { axisHint, axisOf } from '@shared/config/sweep-text'
import { type ComputedRef, computed, ref, watch } from 'vue'
import type { z } from 'zod'
import { complaints } from '@renderer/components/setting-fields'

/** A setting that is to differ, and what was typed for it. */
export interface Varied {
  field: string
  text: string
}

/** What is to differ between the runs of a sweep, before it starts; nothing: one run. */
export function useSweepDraft(
  schema: ComputedRef<z.ZodObject>,
  settings: { readonly value: Readonly<Record<string, unknown>> },
) {
  const varied = ref<Varied[]>([])
  const plan = ref<Record<string, unknown>>(SweepPlan.parse({}))
  watch(schema, () => (varied.value = []))

  const fields = computed(() => settingFields(schema.value))
  const read = computed(() =>
    varied.value.map(({ field: key, text }) => {
      const field = fields.value.find((one) => one.key === key)
      const axis = field ? axisOf(field, text) : null
      if (!axis) return { axis: null, complaint: text.trim() ? `It takes ${axisHint}.` : '' }
      return { axis, complaint: complaintOf(axis) }
    }),
  )

  /** What the settings say to the first value that they do not take. */
  function complaintOf(axis: SweepAxis): string {
    const values = 'from' in axis ? [axis.from, axis.to] : axis.values
    if ('from' in axis && axis.scale === 'log' && Math.min(axis.from, axis.to) <= 0)
      return 'A log scale begins above 0.'
    const said = values.map((value) => complaints(schema.value, { ...settings.value, [axis.field]: value })[axis.field])
    return said.find(Boolean) ?? ''
  }

  const complaintsOf = computed(() => read.value.map(({ complaint }) => complaint))
  const asked = computed(() => {
    const parsed = SweepPlan.safeParse(plan.value)
    const axes = read.value.flatMap(({ axis, complaint }) => (axis && !complaint ? axis : []))
    return parsed.success && axes.length > 0 && axes.length === varied.value.length ? { axes, plan: parsed.data } : null
  })
  const size = computed(() => (asked.value ? sweepSize(asked.value.axes, asked.value.plan, fields.value) : 0))
  const isSweep = computed(() => varied.value.length > 0)
  const canStart = computed(() => !isSweep.value || (size.value > 0 && size.value <= mostSweepRuns))
  return { varied, plan, fields, complaints: complaintsOf, asked, size, isSweep, canStart }
}
