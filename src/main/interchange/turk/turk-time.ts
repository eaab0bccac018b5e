const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Hours east of Greenwich. Names that mean several zones (CST, IST) are read as Mechanical Turk means them: American. */
const zones: Readonly<Record<string, number>> = {
  ...{ UTC: 0, GMT: 0, Z: 0, WET: 0, WEST: 1, BST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3, JST: 9, KST: 9 },
  ...{ PST: -8, PDT: -7, MST: -7, MDT: -6, CST: -6, CDT: -5, EST: -5, EDT: -4, AKST: -9, AKDT: -8, HST: -10 },
}

const spoken = /^(?:\w{3},?\s+)?(\w{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(\S+)\s+(\d{4})$/

/**
 * A time as Mechanical Turk writes it, `Sun Nov 01 01:31:01 PST 2020`: the abbreviation decides, never the season. ISO 8601
 * with a zone is read too.
 * @returns ms since 1970; null for what is no time, or has a zone nobody knows
 */
export function turkTime(text: string): number | null {
  const parts = spoken.exec(text.trim())
  if (!parts) return isoTime(text.trim())
  const [, month = '', day, hours, minutes, seconds, zone = '', year] = parts
  const east = zones[zone.toUpperCase()] ?? offsetHours(zone)
  const monthAt = months.indexOf(month.toLowerCase())
  if (east === null || monthAt < 0) return null
  return (
    Date.UTC(Number(year), monthAt, Number(day), Number(hours), Number(minutes), Number(seconds)) - east * 3_600_000
  )
}

function isoTime(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return null
  const at = Date.parse(text.replace(' ', 'T'))
  return Number.isNaN(at) ? null : at
}

function offsetHours(zone: string): number | null {
  const parts = /^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})$/i.exec(zone)
  if (!parts) return null
  const hours = Number(parts[2]) + Number(parts[3]) / 60
  return parts[1] === '-' ? -hours : hours
}
