import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { migrations } from '../../../../src/main/store/migrations'

const folder = resolve(import.meta.dirname, '../../../../src/main/store/migrations')
const steps = readdirSync(folder).filter((name) => /^\d{4}-/.test(name))

test('the steps are numbered one after the other, and none is left out', () => {
  expect(migrations.map(({ version }) => version)).toEqual(steps.map((_, i) => i + 1))
  expect(steps.map((name) => Number(name.slice(0, 4))).sort((a, b) => a - b)).toEqual(steps.map((_, i) => i + 1))
})

test.each(steps)('the step %s has a test of its own', (name) => {
  expect(existsSync(join(import.meta.dirname, name.replace(/\.ts$/, '.test.ts')))).toBe(true)
})
