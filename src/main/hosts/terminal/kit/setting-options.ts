import { Failure } from '@shared/failures'
import { type SettingField, isList, rangeOf, settingFields, wanted } from '@shared/config/setting-words'
import { type Command, Option } from 'commander'
import type { z } from 'zod'

/** Adds an option per field of a settings schema: kebab-case flag, description, unit, bounds, default. */
export function addSettings(command: Command, schema: z.ZodObject): Command {
  for (const field of settingFields(schema)) for (const o of optionsOf(field)) command.addOption(o)
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
  const field = settingFields(schema).find(({ key }) => key === name)
  const asked = field ? wanted(field) : ''
  throw new Failure('BAD_SETTING', {
    setting: `--${kebab(name)}`,
    reason: asked ? `It takes ${asked}, and was given ${shown(given[name] ?? preset[name])}.` : (issue?.message ?? ''),
  })
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? `"${value}"` : String(value)
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function optionsOf(field: SettingField): Option[] {
  const flag = `--${kebab(field.key)}`
  const text = helpOf(field)
  if (field.kind === 'boolean') {
    const off = new Option(`--no-${kebab(field.key)}`, `turn off: ${field.title}`)
    // Commander makes true the default of a --no- option; a preset's value must win over it.
    return [new Option(flag, text), off].map((option) => option.default(undefined))
  }
  const list = isList(field)
  const option = new Option(`${flag} <${list ? 'list' : 'value'}>`, text)
  option.argParser((value: string) => (list ? listOf(value).map((v) => valueOf(v, field)) : valueOf(value, field)))
  return [option]
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

/** Text becomes a number where the schema wants one; whether it is allowed is for the schema to say. */
function valueOf(text: string, { numeric }: SettingField): unknown {
  return numeric && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

function helpOf(field: SettingField): string {
  const words = [field.title, field.description]
    .filter(Boolean)
    .join('. ')
    .replace(/\.\.?$/, '')
  const given = field.default === undefined ? '' : `default ${JSON.stringify(field.default).replace(/^"|"$/g, '')}`
  const facts = [field.unit, takesOf(field), given].filter(Boolean).join('; ')
  return facts ? `${words} (${facts})` : words
}

/** What may be typed, as short as help has it. */
function takesOf(field: SettingField): string {
  if (isList(field)) return wanted(field)
  return field.options.length > 0 ? field.options.join(' | ') : rangeOf(field)
}
