import { expect, test } from 'vitest'
import { bench } from '../../../bench/load'

test('people who label at once are measured, however few', async () => {
  const measured = await bench(() => {}, { people: 2, editsEach: 3 })
  expect(measured).toMatchObject({ clients: 2, edits: 6 })
  expect(measured.p50Ms).toBeGreaterThan(0)
})
