import type { SettingField } from './setting-words'
import type { SweepAxis, SweepPlan } from './sweep'

/** What a grid sets a field to, in order; equal ones once. */
export function levelsOf(axis: SweepAxis, { kind }: Pick<SettingField, 'kind'>, points: number): unknown[] {
  if ('values' in axis) return distinct(axis.values)
  const { from, to, scale } = axis
  const isWhole = kind === 'integer'
  const count = isWhole && scale === 'linear' ? Math.floor(Math.abs(to - from)) + 1 : points
  return distinct(Array.from({ length: count }, (_, i) => valueAt(axis, count === 1 ? 0 : i / (count - 1), isWhole)))
}

/** The value a share (0 to 1) of the way along a range, on its scale; six digits are enough for a person to read. */
export function valueAt(
  { from, to, scale }: Extract<SweepAxis, { from: number }>,
  share: number,
  isWhole: boolean,
): number {
  const value = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share
  return isWhole ? Math.round(value) : Number(value.toPrecision(6))
}

/** How many runs a sweep has: the combinations of a grid; of a draw those asked for, or all there are. */
export function sweepSize(axes: readonly SweepAxis[], plan: SweepPlan, fields: readonly SettingField[]): number {
  const isEndless = (axis: SweepAxis) => 'from' in axis && kindOf(fields, axis) !== 'integer'
  const sizes = axes.map((axis) => levelsOf(axis, { kind: kindOf(fields, axis) }, plan.points).length)
  const combinations = sizes.reduce((product, size) => product * size, 1)
  if (plan.method === 'grid') return combinations
  return axes.some(isEndless) ? plan.runs : Math.min(plan.runs, combinations)
}

function kindOf(fields: readonly SettingField[], { field }: SweepAxis): SettingField['kind'] {
  return fields.find(({ key }) => key === field)?.kind ?? 'number'
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
