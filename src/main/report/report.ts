import type { MethodMetrics } from '@shared/contract/evaluation'
import { escape, factOf, htmlPage, metricCell, settingsBox, warningOf } from './html'
import { methodWords, metricWords } from '@shared/measure-words'
import { type ReportExample, exampleBox, exampleLegend } from './report-example'
import { reportStyle } from './report-style'

export interface ReportPage {
  title: string
  lead: string
  facts: readonly { label: string; value: string }[]
  warnings: readonly string[]
  /** The table of an evaluation; empty for the answer to one question. */
  columns: readonly MethodMetrics[]
  examples: readonly ReportExample[]
  /** Settings that the numbers hold for, as name and value. */
  settings: readonly { name: string; value: string }[]
}

/** A report as one page that needs nothing else: text, table and pictures. Everything given is escaped. */
export function reportPage(page: ReportPage): string {
  const { title, lead, facts, warnings, columns, examples, settings } = page
  const body = `<h1>${escape(title)}</h1>
<p>${escape(lead)}</p>
${facts.length ? `<dl class="facts">${facts.map(factOf).join('')}</dl>` : ''}
${warnings.map(warningOf).join('\n')}
${columns.length ? tableSection(columns) : ''}
${examples.length ? `<h2>${examples.length === 1 ? 'The answer' : 'Examples'}</h2>${exampleLegend()}${examples.map(exampleBox).join('\n')}` : ''}
${settings.length ? `<h2>Settings</h2>${settingsBox(settings)}` : ''}`
  return htmlPage({ title, style: reportStyle, body })
}

/** The numbers of an evaluation, a line for each way to explain. */
export function tableSection(columns: readonly MethodMetrics[]): string {
  const shown = columns.filter(({ method }) => method !== 'classifier')
  const keys = [...new Set(shown.flatMap(({ metrics }) => Object.keys(metrics)))]
  const head = keys.map((key) => `<th scope="col">${escape(unbroken(metricWords(key).name))}</th>`).join('')
  const rows = shown.map(({ method, metrics }) => {
    const cells = keys.map((key) => `<td>${metricCell(metrics[key])}</td>`).join('')
    const own = method === 'method' ? ' class="own"' : ''
    return `<tr${own}><td>${escape(methodWords[method]?.name ?? method)}</td>${cells}</tr>`
  })
  return `<h2>Measured</h2><div class="box scroll"><table><thead><tr><th scope="col">Explanation</th>${head}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<p class="quiet">Below each value its 95 % interval (bootstrap over videos) and the number of outputs it is a mean of.
NCA never stands alone: read it beside the random tube of the same shape and length, and beside the true tube.</p>`
}

/** "top-1" stays in one piece in a narrow head. */
function unbroken(text: string): string {
  return text.replace(/-(?=\d)/g, '\u2011')
}
