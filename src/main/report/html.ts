import type { Metric } from '@shared/contract/evaluation'

/** A page that needs nothing else. The title is escaped; style and body are markup. */
export function htmlPage({ title, style, body }: { title: string; style: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`
}

export function factOf({ label, value }: { label: string; value: string }): string {
  return `<div><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`
}

export function warningOf(warning: string): string {
  return `<p class="warning" role="note">&#9888; ${escape(warning)}</p>`
}

export function settingsBox(settings: readonly { name: string; value: string }[]): string {
  const rows = settings.map(({ name, value }) => `<tr><td>${escape(name)}</td><td>${escape(value)}</td></tr>`)
  return `<div class="box scroll"><table><tbody>${rows.join('')}</tbody></table></div>`
}

/** A value with its interval and the number of rows it is a mean of; a dash where there is none. */
export function metricCell(metric: Metric | null | undefined): string {
  if (!metric || metric.value === null) return '&ndash;'
  const { value, low, high, count } = metric
  const interval = low === null || high === null ? '' : `${number(low)}&ndash;${number(high)}<br>`
  return `${number(value)}<div class="quiet">${interval}n = ${count}</div>`
}

export function number(value: number): string {
  return value.toFixed(2).replace(/^-/, '\u2212')
}

/** A coordinate in a drawing. */
export function place(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
