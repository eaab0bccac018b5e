import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OutcomeRow } from '@main/evaluation/outcome-row'
import { sanityColumns } from '@main/evaluation/sanity'
import { openEngine } from '@main/learning/engine/open-engine'
import { GlassBox } from '@main/studies/t0/glass-box'
import { runT0, type T0Run } from '@main/studies/t0/proof'
import type { MethodMetrics } from '@shared/contract/evaluation'

let run: T0Run
let other: GlassBox
let columns: MethodMetrics[]
const rows: OutcomeRow[] = []

beforeAll(async () => {
  await openEngine()
  run = await runT0({ seed: 0, train: 160, test: 32, settings: { steps: 60 } })
  other = new GlassBox({ context: true, seed: 1000 })
  columns = await sanityColumns({ ...run.input, onRows: (some) => rows.push(...some) }, other)
})
afterAll(() => {
  run.target.dispose()
  other.dispose()
})

const metric = (method: string, key: string) => columns.find((column) => column.method === method)?.metrics[key]

test('each failing method is a column of its own, with one row per question behind its numbers', () => {
  expect(columns.map(({ method }) => method)).toEqual([
    ...['explainerRandomised', 'networkRandomised', 'otherClip', 'checks'],
  ])
  for (const method of ['explainerRandomised', 'networkRandomised', 'otherClip']) {
    const own = rows.filter((row) => row.method === method)
    expect(own.every(({ rank }) => rank === 0)).toBe(true)
    expect(metric(method, 'ncaTop1')?.count).toBe(own.length)
  }
  expect(new Set(rows.map(({ method }) => method)).size).toBe(3)
})

test('fresh weights and the features of another clip lose the place', () => {
  for (const method of ['explainerRandomised', 'networkRandomised', 'otherClip'])
    expect(metric(method, 'tubeIou')!.value).toBeLessThan(0.2)
})

test('the first clip has no other clip before it and is not asked', () => {
  expect(rows.filter(({ method }) => method === 'otherClip').some(({ video }) => video === 'clip 0')).toBe(false)
})

test('the checks say how many questions they rest on', () => {
  // Two clips of each class: A without one thing (remove-1) and with one more (superset) are the same pairs turned round.
  expect(metric('checks', 'supersetAuc')).toMatchObject({ low: null, high: null })
  expect(metric('checks', 'supersetAuc')!.count).toBeGreaterThan(2 * 32)
  expect(metric('checks', 'swapChanges')!.value).toBeGreaterThan(0.8)
  expect(metric('checks', 'distractorDrop')!.value).toBeLessThan(0.05)
})

test('a target whose architecture is not known has no column of a fresh network', async () => {
  const few = { ...run.input, clips: { ...run.input.clips, count: 4 } }
  const without = await sanityColumns(few, null)
  expect(without.map(({ method }) => method)).not.toContain('networkRandomised')
})
