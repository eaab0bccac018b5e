import type { SettingField } from '@shared/config/setting-words'
import { settingFields, wanted } from '@shared/config/setting-words'
import { type SweepAxis, type SweepPlan, mostSweepRuns } from '@shared/config/sweep'
import { levelsOf, sweepSize, valueAt } from '@shared/config/sweep-levels'
import { Failure } from '@shared/failures'
import { type Random, random } from '@main/learning/random'
import type { z } from 'zod'

export interface SweepAsked {
  /** Of the runs. */
  schema: z.ZodObject
  /** What they have in common. */
  config: Readonly<Record<string, unknown>>
  axes: readonly SweepAxis[]
  plan: SweepPlan
}

/** Draws that give a combination that is there already, before it is taken that there are no more. */
const patience = 1_000

/**
 * The settings of each run of a sweep, whole and checked, in a fixed order: the same question gives the same runs.
 * Throws Failure BAD_SETTING that names the field.
 */
export function sweepMembers({ schema, config, axes, plan }: SweepAsked): Record<string, unknown>[] {
  const fields = settingFields(schema)
  const varied = axes.map((axis) => ({ axis, field: fieldOf(axis, fields) }))
  requireOnce(axes)
  for (const one of varied) requireRange(one)
  const size = sweepSize(axes, plan, fields)
  if (size > mostSweepRuns) {
    const reason = `It would be ${size} runs, and a sweep has ${mostSweepRuns} at most. Vary fewer settings, or draw at random.`
    throw new Failure('BAD_SETTING', { setting: 'sweep', reason })
  }
  const combinations = plan.method === 'grid' ? gridOf(varied, plan) : drawOf(varied, { plan, size })
  return combinations.map((values) => checked(schema, { ...config, ...values }, varied))
}

interface Varied {
  axis: SweepAxis
  field: SettingField
}
type Values = Record<string, unknown>

/** Every combination; the last field goes through its values first. */
function gridOf(varied: readonly Varied[], { points }: SweepPlan): Values[] {
  return varied.reduce<Values[]>(
    (before, { axis, field }) =>
      before.flatMap((values) => levelsOf(axis, field, points).map((value) => ({ ...values, [axis.field]: value }))),
    [{}],
  )
}

function drawOf(varied: readonly Varied[], { plan, size }: { plan: SweepPlan; size: number }): Values[] {
  const stream = random(plan.drawSeed, 17)
  const found = new Map<string, Values>()
  for (let missed = 0; found.size < size && missed < patience; missed++) {
    const values = Object.fromEntries(varied.map((one) => [one.axis.field, drawn(one, stream)]))
    const sign = JSON.stringify(values)
    if (!found.has(sign)) missed = 0
    found.set(sign, values)
  }
  return [...found.values()]
}

function drawn({ axis, field }: Varied, stream: Random): unknown {
  if ('values' in axis) return stream.pick(axis.values)
  return valueAt(axis, stream.next(), field.kind === 'integer')
}

function fieldOf({ field: key }: SweepAxis, fields: readonly SettingField[]): SettingField {
  const field = fields.find((one) => one.key === key)
  if (field) return field
  const reason = `A run has no such setting. There are: ${fields.map((one) => one.key).join(', ')}.`
  throw new Failure('BAD_SETTING', { setting: key, reason })
}

function requireOnce(axes: readonly SweepAxis[]): void {
  const twice = axes.find(({ field }, i) => axes.findIndex((other) => other.field === field) < i)
  if (twice)
    throw new Failure('BAD_SETTING', { setting: twice.field, reason: 'It is varied twice. Put its values together.' })
}

function requireRange({ axis, field }: Varied): void {
  if (!('from' in axis)) return
  const reason =
    field.kind !== 'number' && field.kind !== 'integer'
      ? `It has no range; it takes ${wanted(field)}.`
      : axis.scale === 'log' && (axis.from <= 0 || axis.to <= 0)
        ? 'A log scale has no 0 and nothing below it. Begin above 0.'
        : ''
  if (reason) throw new Failure('BAD_SETTING', { setting: axis.field, reason })
}

function checked(schema: z.ZodObject, config: Values, varied: readonly Varied[]): Values {
  const parsed = schema.safeParse(config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const key = String(issue?.path[0] ?? '')
  const field = varied.find((one) => one.field.key === key)?.field
  const takes = field ? wanted(field) : ''
  const given = JSON.stringify(config[key])
  const reason = takes ? `It takes ${takes}, and would be ${given}.` : (issue?.message ?? '')
  throw new Failure('BAD_SETTING', { setting: key, reason })
}
