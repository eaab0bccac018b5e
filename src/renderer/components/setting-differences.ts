import type { z } from 'zod'
import { settingFields, valueWords } from '@shared/config/setting-words'

/** One setting that two configurations do not share, in words. */
export interface SettingDifference {
  key: string
  title: string
  before: string
  after: string
}

/** Settings of a schema in which two configurations differ, in its order. */
export function settingDifferences(schema: z.ZodObject, before: unknown, after: unknown): SettingDifference[] {
  return settingFields(schema).flatMap((field) => {
    const { key, title } = field
    const [was, is] = [valueWords(field, valueOf(before, key)), valueWords(field, valueOf(after, key))]
    return was === is ? [] : [{ key, title, before: was, after: is }]
  })
}

function valueOf(config: unknown, key: string): unknown {
  return (config as Record<string, unknown> | null)?.[key]
}
