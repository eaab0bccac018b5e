import type { z } from 'zod'
import { settingFields } from '@shared/config/setting-words'

/** One setting that two configurations do not share, in words. */
export interface SettingDifference {
  key: string
  title: string
  before: string
  after: string
}

/** Settings of a schema in which two configurations differ, in its order. */
export function settingDifferences(schema: z.ZodObject, before: unknown, after: unknown): SettingDifference[] {
  return settingFields(schema).flatMap(({ key, title }) => {
    const [was, is] = [inWords(before, key), inWords(after, key)]
    return was === is ? [] : [{ key, title, before: was, after: is }]
  })
}

function inWords(config: unknown, key: string): string {
  const value = (config as Record<string, unknown> | null)?.[key]
  if (Array.isArray(value)) return value.join(', ') || 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === undefined || value === null ? 'not set' : String(value)
}
