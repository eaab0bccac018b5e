import { Failure } from '@shared/failures'
import { type Command, Option } from 'commander'
import { z } from 'zod'

interface Field {
  title?: string
  description?: string
  unit?: string
  default?: unknown
  type?: string
  enum?: string[]
  const?: unknown
  anyOf?: Field[]
  items?: Field
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
}

/** Adds an option per field of a settings schema: kebab-case flag, description, unit, bounds, default. */
export function addSettings(command: Command, schema: z.ZodObject): Command {
  for (const [name, field] of Object.entries(fieldsOf(schema)))
    for (const o of optionsOf(name, field)) command.addOption(o)
  return command
}

/**
 * Settings from what was typed over those of a preset.
 * @throws Failure BAD_SETTING naming the flag
 */
export function settingsFrom<S extends z.ZodObject>(
  schema: S,
  preset: Readonly<Record<string, unknown>>,
  typed: Readonly<Record<string, unknown>>,
): z.infer<S> {
  const given = Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => name in schema.shape && value !== undefined),
  )
  const parsed = schema.safeParse({ ...preset, ...given })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0] ?? '')
  const field = fieldsOf(schema)[name]
  const asked = field ? wanted(field) : ''
  throw new Failure('BAD_SETTING', {
    setting: `--${kebab(name)}`,
    reason: asked ? `It takes ${asked}, and was given ${shown(given[name] ?? preset[name])}.` : (issue?.message ?? ''),
  })
}

/** What a field takes, for a sentence. */
function wanted(field: Field): string {
  const takes = takesOf(field)
  if (field.type === 'integer') return takes ? `a whole number, ${takes}` : 'a whole number'
  if (field.type === 'number') return takes ? `a number, ${takes}` : 'a number'
  return takes.replaceAll(' | ', ', ').replace(/, ([^,]*)$/, field.enum || field.anyOf ? ' or $1' : ', $1')
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? `"${value}"` : String(value)
}

/** The fields of a settings schema as JSON Schema has them. */
export function fieldsOf(schema: z.ZodObject): Record<string, Field> {
  return (z.toJSONSchema(schema, { io: 'input' }).properties ?? {}) as Record<string, Field>
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function optionsOf(name: string, field: Field): Option[] {
  const flag = `--${kebab(name)}`
  const text = helpOf(field)
  if (field.type === 'boolean') {
    const off = new Option(`--no-${kebab(name)}`, `turn off: ${field.title ?? name}`)
    // Commander makes true the default of a --no- option; a preset's value must win over it.
    return [new Option(flag, text), off].map((option) => option.default(undefined))
  }
  const list = field.type === 'array'
  const option = new Option(`${flag} <${list ? 'list' : 'value'}>`, text)
  option.argParser((value: string) =>
    list ? value.split(',').map((v) => valueOf(v, field.items ?? {})) : valueOf(value, field),
  )
  return [option]
}

/** Text becomes a number where the schema wants one; whether it is allowed is for the schema to say. */
function valueOf(text: string, field: Field): unknown {
  const alternatives = field.anyOf ?? [field]
  const numeric = alternatives.some(
    ({ type, const: only }) => type === 'integer' || type === 'number' || typeof only === 'number',
  )
  return numeric && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

function helpOf(field: Field): string {
  const { title = '', description = '', unit } = field
  const words = [title, description]
    .filter(Boolean)
    .join('. ')
    .replace(/\.\.?$/, '')
  const takes = takesOf(field)
  const given = field.default === undefined ? '' : `default ${JSON.stringify(field.default).replace(/^"|"$/g, '')}`
  const facts = [unit, takes, given].filter(Boolean).join('; ')
  return facts ? `${words} (${facts})` : words
}

function takesOf(field: Field): string {
  if (field.enum) return field.enum.join(' | ')
  if (field.anyOf) return field.anyOf.map(({ const: only }) => String(only)).join(' | ')
  if (field.type === 'array') {
    const items = field.items ? takesOf(field.items) : ''
    const { minItems, maxItems } = field
    const list = minItems !== undefined && minItems === maxItems ? `a list of ${minItems}` : 'a list'
    return `${list}, commas between${items ? `: ${items}` : ''}`
  }
  const low = field.exclusiveMinimum !== undefined ? `above ${field.exclusiveMinimum}` : field.minimum
  const high = field.maximum !== undefined && field.maximum < Number.MAX_SAFE_INTEGER ? field.maximum : undefined
  if (low === undefined && high === undefined) return ''
  const above = field.exclusiveMinimum !== undefined
  if (high === undefined) return above ? `${low}` : `${low} or more`
  return above ? `${low}, at most ${high}` : `${low} to ${high}`
}
