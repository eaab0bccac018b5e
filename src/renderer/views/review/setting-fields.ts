import { z } from 'zod'

/** A setting as its schema describes it. */
export interface SettingField {
  key: string
  title: string
  hint: string
  kind: 'number' | 'choice' | 'choices' | 'switch' | 'numbers'
  unit: string
  choices: string[]
  min?: number
  max?: number
  whole: boolean
}

interface JsonSchema {
  type?: string
  title?: string
  description?: string
  unit?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  items?: JsonSchema
}

/** The fields of a settings schema in its order; title, unit, bounds and hint come from there. */
export function settingFields(schema: z.ZodObject): SettingField[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' }) as { properties?: Record<string, JsonSchema> }
  return Object.entries(properties).map(([key, field]) => ({
    ...{ key, title: field.title ?? key, hint: field.description ?? '', unit: field.unit ?? '', kind: kindOf(field) },
    ...{ choices: field.enum ?? field.items?.enum ?? [], min: field.minimum, max: bounded(field.maximum) },
    whole: field.type === 'integer',
  }))
}

function kindOf({ type, enum: choices, items }: JsonSchema): SettingField['kind'] {
  if (type === 'array') return items?.enum ? 'choices' : 'numbers'
  if (choices) return 'choice'
  return type === 'boolean' ? 'switch' : 'number'
}

/** JSON Schema writes "no limit" of a whole number as the largest one there is. */
function bounded(maximum: number | undefined): number | undefined {
  return maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
}

/** "1, 3, 5" as numbers; what is no number is left out. */
export function numbersOf(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(Number)
    .filter(Number.isFinite)
}
