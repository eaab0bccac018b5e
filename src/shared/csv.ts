/** A line of CSV (RFC 4180), without its end. */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return values.map(csvField).join(',')
}

/** A whole file of lines. */
export function csvFile(lines: readonly (readonly (string | number | boolean | null)[])[]): string {
  return [...lines.map(csvLine), ''].join('\r\n')
}

function csvField(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value)
  // A sheet would take a leading sign of words for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
