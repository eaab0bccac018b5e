import type { ExperimentName } from '@shared/config/experiment'
import { escape, htmlPage, number, warningOf } from '@main/report/html'
import { exampleBox, exampleLegend } from '@main/report/report-example'
import { reportStyle } from '@main/report/report-style'
import { figure5Svg, severalOutputsSvg } from './figure5-svg'
import type { Cell, ExperimentResult, Table } from './result'
import { isMeasured } from './table-text'

export interface ExperimentsPage {
  project: string
  results: readonly ExperimentResult[]
  /** Those of an earlier state of the project's data. */
  older: readonly ExperimentName[]
  missing: readonly { name: ExperimentName; message: string }[]
}

const style = `${reportStyle}
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 12px 0 0; }
a { color: var(--accent); }
section > h2 { margin-top: 40px; }
.wide th:first-child, .wide td:first-child { min-width: 220px; }
.wide td, .wide th { min-width: 84px; }
.text { text-align: left; }
tr.paper td { color: var(--text-2); font-weight: 400; }
tr.paper.first td { border-top: 2px solid var(--line); }
.figure svg.curves { display: block; width: 100%; max-width: 960px; height: auto; margin: 0 auto; }
.figure + .figure { margin-top: 16px; }
.notes { margin: 0 0 8px; padding-left: 18px; color: var(--text-2); font-size: 12px; line-height: 18px; }
.held { color: var(--text-2); font-size: 12px; line-height: 18px; }
.held b { font-weight: 600; color: var(--text); }
`

/** All tables and figures as one page that needs nothing else, the paper's numbers beside the project's. */
export function experimentsPage({ project, results, older, missing }: ExperimentsPage): string {
  const title = `The paper's experiments on ${project}`
  const links = results.map(({ name, title: heading }) => `<a href="#${name}">${escape(heading)}</a>`)
  const body = `<h1>${escape(title)}</h1>
<p>The tables and figures of Kanehira et al., <i>Multimodal Explanations by Predicting Counterfactuality in Videos</i>
(CVPR 2019), with the paper's own numbers beside them. Its data, words and boxes are others: compare how far the method is
from the baselines, not the values.</p>
<nav aria-label="Contents">${links.join('')}</nav>
${older.map((name) => warningOf(`${wordOf(name)} is from before the project's data changed. Make it again for the data as it is.`)).join('\n')}
${missing.map(({ name, message }) => warningOf(`${wordOf(name)} is missing. ${message}`)).join('\n')}
${results.map(sectionOf).join('\n')}`
  return htmlPage({ title, style, body })
}

function sectionOf(result: ExperimentResult): string {
  const { name, title, lead, table, curves, examples, settings, notes } = result
  const figures = curves
    ? `<div class="box figure">${figure5Svg(curves)}</div><div class="box figure">${severalOutputsSvg(curves)}</div>`
    : ''
  const shown = examples ? `${exampleLegend()}${examples.map(exampleBox).join('\n')}` : ''
  // The pictures say what the table of examples does.
  const numbers = examples ? '' : tableBox(table)
  const held = settings.map(({ name: of, value }) => `${escape(of)} <b>${escape(value)}</b>`).join(' &middot; ')
  return `<section id="${name}"><h2>${escape(title)}</h2>
<p>${escape(lead)}</p>
${figures}${numbers}${shown}
${notes.length ? `<ul class="notes">${notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>` : ''}
${held ? `<p class="held">${held}</p>` : ''}</section>`
}

function tableBox({ columns, rows }: Table): string {
  const head = columns.map(({ title }) => `<th scope="col">${escape(title)}</th>`).join('')
  const firstPaper = rows.findIndex(({ source }) => source === 'paper')
  const body = rows.map(({ source, cells }, i) => {
    const kind = source === 'paper' ? `paper${i === firstPaper ? ' first' : ''}` : ''
    return `<tr${kind ? ` class="${kind}"` : ''}>${columns.map(({ key }) => cellOf(cells[key])).join('')}</tr>`
  })
  return `<div class="box scroll wide"><table><thead><tr>${head}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`
}

function cellOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '<td>&ndash;</td>'
  if (typeof cell === 'string') return `<td>${escape(cell)}</td>`
  if (!isMeasured(cell)) return `<td>${cell.toLocaleString('en')}</td>`
  const { value, low, high, count } = cell
  if (value === null) return '<td>&ndash;</td>'
  const interval = low === null || high === null ? '' : `${number(low)}&ndash;${number(high)}<br>`
  const below = count === null ? '' : `<div class="quiet">${interval}n = ${count.toLocaleString('en')}</div>`
  return `<td>${number(value)}${below}</td>`
}

function wordOf(name: ExperimentName): string {
  return `${name.startsWith('table') ? 'Table' : 'Figure'} ${name.slice(-1)}`
}
