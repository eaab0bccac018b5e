import type { MethodMetrics } from '@shared/contract/evaluation'

/** Metrics in the order people look for them. */
const metricNames: Readonly<Record<string, string>> = {
  rightAttribute: 'right attribute',
  conceptTop1: 'concept top-1',
  conceptTop3: 'concept top-3',
  conceptTop5: 'concept top-5',
  ncaTop1: 'NCA top-1',
  ncaTop3: 'NCA top-3',
  ncaTop5: 'NCA top-5',
  probabilityDecrease: 'p decrease',
  relativeDrop: 'relative drop',
  tubeIou: 'tube IoU',
  notAnnotated: 'not annotated',
}

const methodNames: Readonly<Record<string, string>> = {
  method: 'the method',
  selectByMax: 'select by max',
  randomTube: 'random tube',
  trueTube: 'true tube',
  classPrior: 'class prior',
  centreCrop: 'centre crop',
  actorTube: 'actor tube',
}

export function metricName(key: string): string {
  return metricNames[key] ?? key
}

export function methodName(method: string): string {
  return methodNames[method] ?? method
}

/** Every metric that some column has: known ones first, in their order. */
export function orderedKeys(columns: readonly MethodMetrics[]): string[] {
  const found = new Set(columns.flatMap(({ metrics }) => Object.keys(metrics)))
  const known = Object.keys(metricNames).filter((key) => found.has(key))
  return [...known, ...[...found].filter((key) => !(key in metricNames))]
}
