import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Point,
  curve,
  measuredBounds,
  newest,
  referenceBound,
  smoothed,
  withPoints,
} from '@renderer/views/train/run-curves'
import { healthOf } from '@renderer/views/train/run-health'

const point = (step: number, values: Record<string, number>) => ({ step, epoch: step / 10, at: step, values })
const steps = (values: Record<string, number>[]) => values.map((value, i) => point(i + 1, value))

test('a curve passes over points that do not carry its value', () => {
  const points = steps([{ loss: 2 }, { testAccuracy: 0.5 }, { loss: Number.NaN }, { loss: 1 }])
  expect(curve(points, 'loss', 'step')).toEqual([
    [1, 2],
    [4, 1],
  ])
  expect(newest(points, 'testAccuracy')).toBe(0.5)
})

test('steps at which the bounds were not measured are no zeros in the curve', () => {
  const points = steps([
    { exact: -1, bound: -3 },
    { exact: 0, bound: 0 },
    { exact: -0.5, bound: -2 },
  ])
  expect(measuredBounds(points).map(({ step }) => step)).toEqual([1, 3])
})

test('points that come twice after a gap stand once, in order, and complete each other', () => {
  const known = [point(1, { loss: 3 }), point(5, { loss: 2 })]
  const merged = withPoints(known, [point(5, { testAccuracy: 0.9 }), point(3, { loss: 2.5 })])
  expect(merged.map(({ step }) => step)).toEqual([1, 3, 5])
  expect(merged[2]?.values).toEqual({ loss: 2, testAccuracy: 0.9 })
})

test('what was measured twice at one step is kept together when a run is read', () => {
  const read = withPoints([], [point(4, { loss: 1 }), point(4, { testAccuracy: 0.5 })])
  expect(read.map(({ values }) => values)).toEqual([{ loss: 1, testAccuracy: 0.5 }])
})

test('however points arrive, their steps rise', () => {
  const some = fc.array(fc.array(fc.nat(20), { maxLength: 4 }))
  fc.assert(
    fc.property(some, (arrivals) => {
      const all = arrivals.reduce(
        (now, more) =>
          withPoints(
            now,
            more.map((step) => point(step, { loss: step })),
          ),
        [] as ReturnType<typeof withPoints>,
      )
      const found = all.map(({ step }) => step)
      expect(found).toEqual([...new Set(arrivals.flat())].sort((a, b) => a - b))
    }),
  )
})

test('the reference line lies at -(|C| - 1) ln 2', () => {
  expect(referenceBound(16)).toBeCloseTo(-10.397, 3)
})

const explainer = {
  kind: 'explainer' as const,
  state: 'running' as const,
  classes: Array.from({ length: 8 }, (_, i) => `c${i}`),
}
const classifier = { kind: 'classifier' as const, state: 'running' as const, classes: explainer.classes }

test('an explanation whose bound rises is healthy, and the sentence says how far', () => {
  const points = steps([
    { loss: 4.9, exact: -2, bound: -5, attributeRms: 1 },
    { loss: 4.8, exact: -1, bound: -3, attributeRms: 1 },
    { loss: 4.85, exact: -0.5, bound: -2, attributeRms: 1 },
  ])
  const health = healthOf(explainer, points)
  expect(health).toMatchObject({ tone: 'ok', title: 'Healthy.' })
  expect(health?.text).toContain('7 ln 2 = 4.85')
  expect(health?.text).toContain('from −5.00 to −2.00')
})

test('a bound that fell, a loss that climbs and fading weights are said', () => {
  const fell = steps([{ loss: 5, exact: -1, bound: -2 }, { loss: 5 }, { loss: 5, exact: -2, bound: -4 }])
  expect(healthOf(explainer, fell)?.title).toBe('The bound has not risen yet.')
  expect(healthOf(explainer, steps([{ loss: 5 }, { loss: 7 }, { loss: 12 }]))?.title).toBe('The loss climbs.')
  const fading = steps([{ loss: 5 }, { loss: 5 }, { loss: 4.85, attributeRms: 0.1 }])
  expect(healthOf(explainer, fading)?.title).toBe('Attribute weights are fading.')
})

test('kernels that were only just drawn begin above the reference, which is no climb', () => {
  const begun = steps([
    { loss: 10, bound: -4 },
    { loss: 8.5, bound: -2 },
    { loss: 7.6, bound: -1.2 },
  ])
  expect(healthOf(explainer, begun)?.title).toBe('Healthy.')
})

test('a classifier is judged by loss and by train beside test', () => {
  const good = steps([{ loss: 2 }, { loss: 1 }, { loss: 0.3, trainAccuracy: 0.95, testAccuracy: 0.93 }])
  expect(healthOf(classifier, good)?.title).toBe('Healthy.')
  const byHeart = steps([{ loss: 2 }, { loss: 1 }, { loss: 0.1, trainAccuracy: 0.99, testAccuracy: 0.6 }])
  expect(healthOf(classifier, byHeart)).toMatchObject({
    tone: 'warn',
    title: 'It learns the training videos by heart.',
  })
  const chance = steps([{ loss: 2 }, { loss: 1.99 }, { loss: 1.98, trainAccuracy: 0.13, testAccuracy: 0.125 }])
  expect(healthOf(classifier, chance)?.title).toBe('Near chance.')
})

test('a finished classifier that is weak, or unsure, is told to be too weak to explain', () => {
  const done = { ...classifier, state: 'done' as const }
  const ended = (testAccuracy: number, testConfidence: number) =>
    steps([{ loss: 2 }, { loss: 1 }, { loss: 0.3, trainAccuracy: testAccuracy, testAccuracy, testConfidence }])
  expect(healthOf(done, ended(0.5, 0.56))).toMatchObject({ tone: 'warn', title: 'Too weak to explain yet.' })
  expect(healthOf(done, ended(0.99, 0.71))?.text).toContain('mean confidence 0.710')
  expect(healthOf(done, ended(0.98, 0.96))?.title).toBe('Healthy.')
})

test('too little is not judged', () => {
  expect(healthOf(classifier, steps([{ loss: 1 }]))).toBeNull()
})

test('a smoothed curve is a running average that begins where the curve does and has its points', () => {
  const points: Point[] = [
    [1, 4],
    [2, 8],
    [3, 8],
  ]
  expect(smoothed(points, 0)).toEqual(points)
  const [first, second, third] = smoothed(points, 0.5)
  expect(first).toEqual([1, 4])
  // (0.5 * 4 + 8) / 1.5 and (0.25 * 4 + 0.5 * 8 + 8) / 1.75
  expect(second![1]).toBeCloseTo(20 / 3)
  expect(third![1]).toBeCloseTo(52 / 7)
  const flat = Array.from({ length: 9 }, (_, x): Point => [x, -3])
  for (const [, y] of smoothed(flat, 0.95)) expect(y).toBeCloseTo(-3)
})
