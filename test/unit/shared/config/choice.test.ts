import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { choice } from '@shared/config/choice'
import { settingFields, settingWord, valueWords, wanted } from '@shared/config/setting-words'
import { allFormats } from '@main/interchange/formats'

/** A part of JSON Schema that a value is described by. */
interface Part {
  enum?: (string | number)[]
  choices?: Record<string, string>
}

/** Every choice among texts in a schema, however deep, with where it stands. */
function choicesIn(schema: unknown, place: string): { place: string; part: Part }[] {
  if (typeof schema !== 'object' || schema === null) return []
  const part = schema as Part
  const own = part.enum?.some((value) => typeof value === 'string') ? [{ place, part }] : []
  const inside = Object.entries(schema).filter(([name]) => name !== 'choices')
  return [...own, ...inside.flatMap(([name, inner]) => choicesIn(inner, `${place} ${name}`))]
}

const folder = resolve(import.meta.dirname, '../../../../src/shared/config')
const modules = await Promise.all(
  readdirSync(folder).map(
    async (file) => [file, (await import(join(folder, file))) as Record<string, unknown>] as const,
  ),
)
const schemas: (readonly [name: string, schema: z.ZodType])[] = [
  ...modules.flatMap(([file, module]) =>
    Object.entries(module).flatMap(([name, value]) =>
      value instanceof z.ZodType ? [[`${file} ${name}`, value] as const] : [],
    ),
  ),
  ...allFormats.map(({ name, options }) => [`format ${name}`, options] as const),
]

test('there are settings to look at', () => {
  const found = schemas.flatMap(([name, schema]) => choicesIn(z.toJSONSchema(schema, { io: 'input' }), name))
  expect(found.length).toBeGreaterThan(30)
})

test.each(schemas)('every choice of %s has words for each value, told apart, without a comma', (name, schema) => {
  for (const { place, part } of choicesIn(z.toJSONSchema(schema, { io: 'input' }), name)) {
    expect(Object.keys(part.choices ?? {}).sort(), place).toEqual(part.enum!.map(String).sort())
    const words = Object.values(part.choices ?? {})
    expect(new Set(words.map((said) => said.toLowerCase())).size, place).toBe(words.length)
    for (const [value, said] of Object.entries(part.choices ?? {})) {
      expect(said, place).toMatch(/^[^,_]*[^,_\s]$/)
      // A name as a program writes it is no word.
      if (/[A-Z_]|\D\d/.test(value)) expect(said, place).not.toBe(value)
    }
  }
})

const one = z.object({
  rule: choice({ dawidSkene: 'Dawid–Skene', majority: 'majority' }).default('majority').meta({ title: 'Rule' }),
  drawn: z.array(choice({ randomTube: 'random tube', trueTube: 'true tube' })).default([]),
  on: z.boolean().default(true),
})
const [rule, drawn, on] = settingFields(one)

test('a choice is read in words, in lists too, and what has none reads as it is', () => {
  expect(valueWords(rule!, 'dawidSkene')).toBe('Dawid–Skene')
  expect(valueWords(drawn!, ['trueTube', 'randomTube'])).toBe('true tube, random tube')
  expect([valueWords(drawn!, []), valueWords(on!, true), valueWords(rule!, undefined)]).toEqual([
    'none',
    'yes',
    'not set',
  ])
  expect(valueWords(rule!, 'of an older version')).toBe('of an older version')
  expect([settingWord(one, 'rule', 'dawidSkene'), settingWord(one, 'gone', 'x')]).toEqual(['Dawid–Skene', 'x'])
})

test('what may be typed are the values, what may be chosen the words', () => {
  expect(wanted(rule!)).toBe('dawidSkene or majority')
  expect(wanted(rule!, true)).toBe('Dawid–Skene or majority')
})

test('a value that is none of them is refused', () => {
  expect(one.safeParse({ rule: 'median' }).success).toBe(false)
  expect(one.parse({})).toEqual({ rule: 'majority', drawn: [], on: true })
})
