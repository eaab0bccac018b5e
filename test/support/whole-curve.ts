import type { MetricPoint } from '@shared/contract/learning'

/** What is wrong with a curve: losses of each step in turn, each once. Empty where it is whole. */
export function wholeCurve(points: readonly MetricPoint[]): string[] {
  const steps = points.flatMap(({ step, values }) => ('loss' in values ? [step] : []))
  const twice = steps.filter((step, i) => steps.indexOf(step) !== i)
  const sorted = [...steps].sort((a, b) => a - b)
  const gaps = sorted.flatMap((step, i) => (i > 0 && step - (sorted[i - 1] ?? 0) > 1 ? [step] : []))
  return [
    ...(steps.length === 0 ? ['it has no points'] : []),
    ...twice.map((step) => `step ${step} twice`),
    ...gaps.map((step) => `a gap before step ${step}`),
  ]
}
