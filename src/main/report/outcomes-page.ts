import type { MethodMetrics } from '@shared/contract/evaluation'
import { escape, htmlPage, settingsBox } from './html'
import { tableSection } from './report'
import { type ReportPicture, exampleLegend, stripOf, swatch } from './report-example'
import { reportStyle } from './report-style'

/** One output of an evaluation with its pictures. */
export interface ReportOutcome {
  title: string
  attribute: string
  /** CSS colour of the attribute. */
  color: string
  facts: readonly string[]
  /** Empty where it is one of those that are only named. */
  pictures: readonly ReportPicture[]
}

export interface OutcomesPage {
  title: string
  lead: string
  columns: readonly MethodMetrics[]
  outcomes: readonly ReportOutcome[]
  settings: readonly { name: string; value: string }[]
}

/** Outputs of an evaluation under its table, as one page that needs nothing else. Everything given is escaped. */
export function outcomesPage({ title, lead, columns, outcomes, settings }: OutcomesPage): string {
  const body = `<h1>${escape(title)}</h1>
<p>${escape(lead)}</p>
${columns.length ? tableSection(columns) : ''}
<h2>Outputs</h2>${exampleLegend()}
<div class="cards">${outcomes.map(boxOf).join('\n')}</div>
<h2>Settings</h2>${settingsBox(settings)}`
  return htmlPage({ title, style: reportStyle, body })
}

function boxOf({ title, attribute, color, facts, pictures }: ReportOutcome): string {
  return `<section class="box"><h3>${escape(title)}</h3>
<p>${swatch(color)} ${escape(attribute)} <span class="quiet">${facts.map(escape).join(' &middot; ')}</span></p>
${pictures.length ? stripOf(pictures, color) : ''}</section>`
}
