import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { is } from 'drizzle-orm'
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { migrations } from '@main/store/migrations'
import * as schema from '@main/store/database/schema'
import { databaseAt } from '../../../../support/database'

const folder = resolve(import.meta.dirname, '../../../../../src/main/store/migrations')
const steps = readdirSync(folder).filter((name) => /^\d{4}-/.test(name))

test('the steps are numbered one after the other, and none is left out', () => {
  expect(migrations.map(({ version }) => version)).toEqual(steps.map((_, i) => i + 1))
  expect(steps.map((name) => Number(name.slice(0, 4))).sort((a, b) => a - b)).toEqual(steps.map((_, i) => i + 1))
})

test.each(steps)('the step %s has a test of its own', (name) => {
  expect(existsSync(join(import.meta.dirname, name.replace(/\.ts$/, '.test.ts')))).toBe(true)
})

test('after all steps the tables of the database are those the code knows, column for column', () => {
  const db = databaseAt(migrations.length)
  const known = Object.values(schema).filter((thing) => is(thing, SQLiteTable))
  const inCode = Object.fromEntries(
    known.map((table) => {
      const { name, columns } = getTableConfig(table)
      return [name, columns.map((column) => `${column.name} ${column.getSQLType()} ${column.notNull}`).sort()]
    }),
  )
  const names = db
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[]
  const inFile = Object.fromEntries(
    names.map((name) => {
      const columns = db.pragma(`table_info("${name}")`) as {
        name: string
        type: string
        notnull: number
        pk: number
      }[]
      const isRequired = ({ notnull, pk }: { notnull: number; pk: number }) => notnull === 1 || pk > 0
      return [name, columns.map((c) => `${c.name} ${c.type.toLowerCase()} ${isRequired(c)}`).sort()]
    }),
  )
  expect(inFile).toEqual(inCode)
})
