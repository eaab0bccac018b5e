import { type SettingField, isList } from './setting-words'
import type { SweepAxis } from './sweep'

/** What may be typed for a field of a sweep, for help and hints. */
export const axisHint = 'values, commas between; or a range, 0.001..0.1, with "log" behind it for a log scale'

/**
 * Reads what a person typed for one field of a sweep: "0.01, 0.1", "1..5", "1e-4..1e-1 log"; alternatives of a setting
 * that is a list have a bar between: "8,16,32,32 | 16,32,64,64". Whether a value is allowed is for the settings to say.
 * @returns null where there is nothing to read
 */
export function axisOf(field: SettingField, text: string): SweepAxis | null {
  const range = rangeIn(field, text)
  if (range) return range
  const several = isList(field)
  const parts = text
    .split(several ? '|' : ',')
    .map((part) => part.trim())
    .filter(Boolean)
  if (parts.length === 0) return null
  const one = (part: string) => valueOf(field, part)
  const list = (part: string) =>
    part
      .split(field.kind === 'texts' ? /\s*,\s*/ : /[\s,;]+/)
      .filter(Boolean)
      .map(one)
  return { field: field.key, values: parts.map(several ? list : one) }
}

const rangePattern = /^\s*(\S+?)\s*\.\.\s*(\S+?)(?:\s*:?\s*(log))?\s*$/

function rangeIn({ key, kind }: SettingField, text: string): SweepAxis | null {
  if (kind !== 'integer' && kind !== 'number') return null
  const [, first = '', last = '', scale] = rangePattern.exec(text) ?? []
  const [from, to] = [Number(first), Number(last)]
  if (!first || !last || !Number.isFinite(from) || !Number.isFinite(to)) return null
  return { field: key, from, to, scale: scale ? 'log' : 'linear' }
}

function valueOf({ kind, numeric, words }: SettingField, text: string): unknown {
  const chosen = Object.entries(words).find(([, said]) => said.toLowerCase() === text.toLowerCase())
  if (chosen) return numeric ? Number(chosen[0]) : chosen[0]
  if (kind === 'boolean') return yesNo[text.toLowerCase()] ?? text
  return numeric && Number.isFinite(Number(text)) ? Number(text) : text
}

const yesNo: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  on: true,
  no: false,
  false: false,
  off: false,
}

/** An axis as a person would type it, or with other words for its values. */
export function axisText(axis: SweepAxis, words: (value: unknown) => string = String): string {
  if ('from' in axis) return `${axis.from}..${axis.to}${axis.scale === 'log' ? ' log' : ''}`
  const isList = axis.values.some((value) => Array.isArray(value))
  const one = (value: unknown) => (Array.isArray(value) ? value.map(words).join(',') : words(value))
  return axis.values.map(one).join(isList ? ' | ' : ', ')
}
