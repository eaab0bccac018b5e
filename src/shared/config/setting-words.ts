import { z } from 'zod'

/** One setting as a schema describes it, for whoever shows it: a form, an option of a command, a complaint. */
export interface SettingField {
  key: string
  title: string
  description: string
  unit: string
  kind: 'number' | 'integer' | 'boolean' | 'choice' | 'choices' | 'numbers' | 'texts' | 'text'
  minimum?: number
  /** The minimum itself is not allowed. */
  above?: boolean
  maximum?: number
  /** For `choice` and `choices`. */
  options: (string | number)[]
  /** What a person reads for each of them. */
  words: Readonly<Record<string, string>>
  /** How many a list holds, where it is one number; its bounds are those of each entry. */
  length?: number
  /** What is typed is a number where it can be read as one. */
  numeric: boolean
  /** What counts where nothing is given. */
  default: unknown
  /** What a setting of a file is about, where it is one: reading it, or writing it. */
  on?: 'read' | 'write'
}

interface JsonField {
  title?: string
  description?: string
  unit?: string
  type?: string
  default?: unknown
  enum?: (string | number)[]
  choices?: Readonly<Record<string, string>>
  const?: string | number
  anyOf?: JsonField[]
  items?: JsonField
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
  on?: 'read' | 'write'
}

/** The fields of a settings schema, in its order, from what it says of itself: title, unit, bounds, default. */
export function settingFields(schema: z.ZodObject): SettingField[] {
  return fieldsOf(z.toJSONSchema(schema, { io: 'input' }))
}

/** The same, of a schema that came over the wire as JSON Schema. */
export function fieldsOf(schema: unknown): SettingField[] {
  const { properties = {} } = schema as { properties?: Record<string, JsonField> }
  return Object.entries(properties).map(([key, field]) => {
    const entry = field.items ?? field
    const { minItems, maxItems } = field
    const options = optionsOf(entry)
    return {
      key,
      title: field.title ?? key,
      description: field.description ?? '',
      unit: field.unit ?? '',
      kind: kindOf(field),
      minimum: bound(entry.minimum ?? entry.exclusiveMinimum),
      above: entry.exclusiveMinimum !== undefined,
      maximum: bound(entry.maximum),
      options,
      words: entry.choices ?? {},
      length: minItems === maxItems ? minItems : undefined,
      numeric: isNumber(entry) || options.some((option) => typeof option === 'number'),
      default: field.default,
      on: field.on,
    }
  })
}

/** Limits of the number type are no bounds a person would read. */
function bound(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value
}

function isNumber({ type, anyOf = [] }: JsonField): boolean {
  return type === 'integer' || type === 'number' || anyOf.some(isNumber)
}

function kindOf(field: JsonField): SettingField['kind'] {
  if (field.enum || field.anyOf?.every((one) => one.const !== undefined)) return 'choice'
  if (field.type === 'array') return field.items?.enum ? 'choices' : isNumber(field.items ?? {}) ? 'numbers' : 'texts'
  if (field.type === 'boolean' || field.type === 'integer' || field.type === 'number') return field.type
  return 'text'
}

function optionsOf(field: JsonField): (string | number)[] {
  if (field.anyOf) return field.anyOf.flatMap((one) => (one.const === undefined ? [] : [one.const]))
  return field.enum ?? []
}

/** The bounds of a field, as "16 to 448", "1 or more" or "above 0, at most 10"; empty without any. */
export function rangeOf({ minimum, maximum, above }: SettingField): string {
  const most = maximum === undefined ? '' : `at most ${maximum}`
  if (minimum === undefined) return most
  if (above) return [`above ${minimum}`, most].filter(Boolean).join(', ')
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`
}

/** What a setting is set to, as a person reads it: the words of a choice, yes or no, "none" for an empty list. */
export function valueWords(field: Pick<SettingField, 'words'>, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => valueWords(field, one)).join(', ') || 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === undefined || value === null) return 'not set'
  return field.words[String(value)] ?? String(value)
}

/** What one setting of a schema is set to, in words; the value itself where the schema has no such setting. */
export function settingWord(schema: z.ZodObject, key: string, value: unknown): string {
  return valueWords(settingFields(schema).find((field) => field.key === key) ?? { words: {} }, value)
}

/**
 * What a field takes, for a sentence: "a whole number, 16 to 448"; empty where only the schema can say.
 * @param spoken true for whoever chooses among words, false for whoever types the values themselves
 */
export function wanted(field: SettingField, spoken = false): string {
  const { kind, length } = field
  if (kind === 'boolean') return 'yes or no'
  const range = rangeOf(field)
  const options = spoken ? field.options.map((option) => valueWords(field, option)) : field.options
  const each = orOf(options) || range
  if (kind === 'choice') return each
  if (isList(field)) {
    const list = length === undefined ? 'a list' : `a list of ${length}`
    return `${list}, commas between${each ? `: ${each}` : ''}`
  }
  if (kind === 'text') return ''
  return [kind === 'integer' ? 'a whole number' : 'a number', range].filter(Boolean).join(', ')
}

/** Whether a field takes several values, commas between. */
export function isList({ kind }: SettingField): boolean {
  return kind === 'choices' || kind === 'numbers' || kind === 'texts'
}

function orOf(options: SettingField['options']): string {
  return options.join(', ').replace(/, ([^,]*)$/, ' or $1')
}
