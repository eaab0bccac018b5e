import type { MetricPoint } from '@shared/contract/learning'

/** What is wrong with the curve of a classifier: the loss of each epoch in turn, each once. Empty where it is whole. */
export function wholeCurve(points: readonly MetricPoint[], epochs: number): string[] {
  const losses = points.filter(({ values }) => 'loss' in values).map(({ epoch }) => epoch)
  const ofEpoch = (epoch: number) => losses.filter((one) => one === epoch).length
  const faults = Array.from({ length: epochs }, (_, i) => i + 1).flatMap((epoch) =>
    ofEpoch(epoch) === 1 ? [] : [`epoch ${epoch} ${ofEpoch(epoch)} times`],
  )
  const isInOrder = losses.every((epoch, i) => i === 0 || epoch > (losses[i - 1] ?? 0))
  return isInOrder ? faults : [...faults, `out of order: ${losses.join(' ')}`]
}
