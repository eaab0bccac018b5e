import { z } from 'zod'

/** One setting as a form shows it. */
export interface SettingField {
  key: string
  title: string
  description: string
  unit: string
  kind: 'number' | 'integer' | 'boolean' | 'choice' | 'choices' | 'numbers' | 'text'
  minimum?: number
  /** The minimum itself is not allowed. */
  above?: boolean
  maximum?: number
  /** For `choice` and `choices`. */
  options: (string | number)[]
  /** What counts where nothing is typed. */
  default: unknown
}

interface JsonField {
  title?: string
  description?: string
  unit?: string
  type?: string
  default?: unknown
  enum?: (string | number)[]
  const?: string | number
  anyOf?: JsonField[]
  items?: JsonField
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
}

/** The fields of a settings schema, in its order, from what it says of itself: title, unit, bounds, default. */
export function settingFields(schema: z.ZodObject): SettingField[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' }) as { properties?: Record<string, JsonField> }
  return Object.entries(properties).map(([key, field]) => ({
    key,
    title: field.title ?? key,
    description: field.description ?? '',
    unit: field.unit ?? '',
    kind: kindOf(field),
    minimum: bound(field.minimum ?? field.exclusiveMinimum),
    above: field.exclusiveMinimum !== undefined,
    maximum: bound(field.maximum),
    options: optionsOf(field),
    default: field.default,
  }))
}

/** Limits of the number type are no bounds a person would read. */
function bound(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value
}

function kindOf(field: JsonField): SettingField['kind'] {
  if (field.enum || field.anyOf?.every((one) => one.const !== undefined)) return 'choice'
  if (field.type === 'array') return field.items?.enum ? 'choices' : 'numbers'
  if (field.type === 'boolean' || field.type === 'integer' || field.type === 'number') return field.type
  return 'text'
}

function optionsOf(field: JsonField): (string | number)[] {
  if (field.anyOf) return field.anyOf.flatMap((one) => (one.const === undefined ? [] : [one.const]))
  return field.enum ?? field.items?.enum ?? []
}

/** What is typed in a field of numbers, "64, 128", as numbers; null while it is none. */
export function numbersIn(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const numbers = parts.map(Number)
  return numbers.every(Number.isFinite) && numbers.length > 0 ? numbers : null
}

/** What a person reads beside a field: its unit and bounds. */
export function boundsOf({ unit, minimum, maximum }: SettingField): string {
  const range =
    minimum !== undefined && maximum !== undefined
      ? `${minimum} to ${maximum}`
      : minimum !== undefined
        ? `from ${minimum}`
        : maximum !== undefined
          ? `up to ${maximum}`
          : ''
  return [unit, range].filter(Boolean).join(', ')
}

/** What is wrong with settings, by key: what each field takes, in a sentence. */
export function complaints(schema: z.ZodObject, settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const parsed = schema.safeParse(settings)
  if (parsed.success) return {}
  const fields = new Map(settingFields(schema).map((field) => [field.key, field]))
  return Object.fromEntries(
    parsed.error.issues.toReversed().map(({ path, message }) => {
      const field = fields.get(String(path[0]))
      return [String(path[0]), field ? `It takes ${wanted(field)}.` : message]
    }),
  )
}

const kinds: Readonly<Record<SettingField['kind'], string>> = {
  ...{ number: 'a number', integer: 'a whole number', boolean: 'yes or no', numbers: 'numbers, commas between' },
  ...{ choice: 'one of', choices: 'some of', text: 'text' },
}

function wanted(field: SettingField): string {
  const { kind, options } = field
  if (options.length > 0) return `${kinds[kind]} ${options.join(', ')}`
  const upTo = field.maximum === undefined ? '' : `, at most ${field.maximum}`
  const bounds = field.above ? `more than ${field.minimum}${upTo}` : boundsOf({ ...field, unit: '' })
  return bounds ? `${kinds[kind]}, ${bounds}` : kinds[kind]
}
