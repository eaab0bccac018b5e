/** A line of CSV (RFC 4180), without its end. */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return values.map(csvField).join(',')
}

/** What a sheet would take for a formula: words that begin with a sign, plain or full-width, after spaces or not. */
const formula = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/

/** The words of a cell as they were before our own tables put a ' before what a sheet would take for a formula. */
export function unguardCsv(cell: string): string {
  const bare = cell.trimStart()
  return bare.startsWith("'") && formula.test(bare.slice(1)) ? bare.slice(1) : cell
}

/** A whole file of lines. */
export function csvFile(lines: readonly (readonly (string | number | boolean | null)[])[]): string {
  return [...lines.map(csvLine), ''].join('\r\n')
}

function csvField(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
