import type { MethodMetrics, Metric } from '@shared/contract/evaluation'
import { methodName, metricName, orderedKeys } from '../metric-names'
import { escaped } from './page'

/** The table of an evaluation: a row per metric, a column per method, intervals and denominators beside. */
export function evaluationTable(columns: readonly MethodMetrics[]): string {
  const shown = columns.filter(({ method }) => method !== 'classifier')
  const head = shown.map(({ method }) => `<th>${escaped(methodName(method))}</th>`).join('')
  const rows = orderedKeys(shown).map((key) => {
    const cells = shown.map(({ metrics }) => `<td>${cell(metrics[key])}</td>`).join('')
    return `<tr><td>${escaped(metricName(key))}</td>${cells}</tr>`
  })
  return `<div class="scroll"><table><tr><th></th>${head}</tr>${rows.join('')}</table></div>`
}

function cell(metric: Metric | undefined): string {
  if (!metric || metric.value === null) return '<span class="quiet">-</span>'
  const { value, low, high, count } = metric
  const interval = low === null || high === null ? '' : `${low.toFixed(2)} to ${high.toFixed(2)}, `
  return `${value.toFixed(3)}<br><small>${interval}n ${count}</small>`
}
