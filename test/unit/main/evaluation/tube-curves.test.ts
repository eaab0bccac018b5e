import { afterAll, beforeAll, expect, test } from 'vitest'
import { curveArea, tubeCurves } from '@main/evaluation/tube-curves'
import { inputOf } from '@main/explanation/classify'
import { openEngine } from '@main/learning/engine/open-engine'
import { GlassBox } from '@main/studies/t0/glass-box'
import { t0Clip } from '@main/studies/t0/t0-clips'

let target: GlassBox
beforeAll(async () => {
  await openEngine()
  target = new GlassBox()
})
afterAll(() => target.dispose())

test('the area under a curve is that of its trapezia', () => {
  expect(curveArea([1, 1, 1])).toBe(1)
  expect(curveArea([1, 0])).toBe(0.5)
  expect(curveArea([1, 0, 0])).toBe(0.25)
  expect(curveArea([0.3])).toBe(0.3)
})

test('deleting the true tubes of a class ends it, showing only them brings it back', async () => {
  const clip = t0Clip(0, 'test', 15)
  expect(clip.label).toBe(15)
  const size = { frames: target.frames, height: target.height, width: target.width }
  const regions = [0, 1, 2, 3].map((s) => clip.truth.get(s)!.map(([box]) => box ?? null))
  const about = { regions, pos: clip.label, size, fill: 'mean', colours: { black: [-1, -1, -1] } } as const
  const { deletion, insertion, union } = await tubeCurves(target, inputOf(target, clip.pixels), about)
  expect(deletion).toHaveLength(5)
  expect(insertion).toHaveLength(5)
  expect(deletion[0]).toBeGreaterThan(0.9)
  expect(deletion[1]).toBeLessThan(0.1)
  expect(insertion[3]).toBeLessThan(0.1)
  expect(insertion[4]).toBeGreaterThan(0.9)
  expect(union.indexOf(Math.max(...union))).toBe(0)
})
