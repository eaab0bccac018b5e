import type { z } from 'zod'
import { type SettingField, rangeOf, settingFields, wanted } from '@shared/config/setting-words'

/** What is typed in a field of numbers, "64, 128", as numbers; null while it is none. */
export function numbersIn(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const numbers = parts.map(Number)
  return numbers.every(Number.isFinite) && numbers.length > 0 ? numbers : null
}

/** What is typed in a field of names, "ball, pole + ball". */
export function textsIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

/** What a person reads beside a field: its unit and bounds. */
export function boundsOf(field: SettingField): string {
  return [field.unit, rangeOf(field)].filter(Boolean).join(', ')
}

/** What is wrong with settings, by key: what each field takes, in a sentence. */
export function complaints(schema: z.ZodObject, settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const parsed = schema.safeParse(settings)
  if (parsed.success) return {}
  const fields = new Map(settingFields(schema).map((field) => [field.key, field]))
  return Object.fromEntries(
    parsed.error.issues.toReversed().map(({ path, message }) => {
      const field = fields.get(String(path[0]))
      const takes = field ? wanted(field, true) : ''
      return [String(path[0]), takes ? `It takes ${takes}.` : message]
    }),
  )
}
