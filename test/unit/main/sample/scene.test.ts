import { describe, expect, test } from 'vitest'
import type { Box } from '@shared/geometry/box'
import { SampleConfig, withTier } from '@shared/config/sample'
import { type Actor, sceneOf } from '@main/sample/scene'
import { without } from '../../../support/scene-without'
import { classWithout } from '@main/sample/vocabulary'

const settings = [
  {},
  { removable: 4 },
  { tier: 'T2', removable: 4, optionalAttributes: 0.5 },
  { tier: 'T3' },
  { tier: 'T4' },
  { size: 112 },
  { centreBias: 0.5 },
]
const scenes = (config: SampleConfig, count = 120) =>
  Array.from({ length: count }, (_, i) => sceneOf(config, 'train', i))
const volume = (boxes: readonly (Box | null)[]) =>
  boxes.reduce((sum, box) => sum + (box ? (box.x2 - box.x1) * (box.y2 - box.y1) : 0), 0)

function overlap(a: Actor, b: Actor): number {
  const shared = a.boxes.map((box, t): Box | null => {
    const other = b.boxes[t]
    if (!box || !other) return null
    const both = {
      x1: Math.max(box.x1, other.x1),
      y1: Math.max(box.y1, other.y1),
      x2: Math.min(box.x2, other.x2),
      y2: Math.min(box.y2, other.y2),
    }
    return both.x2 > both.x1 && both.y2 > both.y1 ? both : null
  })
  return volume(shared) / Math.min(volume(a.boxes), volume(b.boxes))
}

describe.each(settings)('with %j', (given) => {
  const config = SampleConfig.parse(given)
  const { frames, cell, size, minimumSpan } = withTier(config)
  const all = scenes(config)
  const actors = all.flatMap((scene) => scene.actors)

  test('things are 2 to 3 cells large and inside the picture, and move at most a cell per frame', () => {
    const boxes = actors.flatMap((actor) => actor.boxes.filter((box) => box !== null))
    const sides = boxes.flatMap(({ x1, y1, x2, y2 }) => [x2 - x1, y2 - y1])
    expect(Math.min(...sides)).toBeGreaterThan(1.999 * cell)
    expect(Math.max(...sides)).toBeLessThan(3.001 * cell)
    expect(Math.min(...boxes.flatMap(({ x1, y1 }) => [x1, y1]))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...boxes.flatMap(({ x2, y2 }) => [x2, y2]))).toBeLessThanOrEqual(size)
    const moves = actors.flatMap((actor) =>
      actor.boxes.flatMap((box, t) => {
        const before = actor.boxes[t - 1]
        return box && before ? [Math.abs(box.x1 - before.x1), Math.abs(box.y1 - before.y1)] : []
      }),
    )
    expect(Math.max(...moves)).toBeLessThanOrEqual(cell)
    expect(actors.every((actor) => actor.boxes.length === frames)).toBe(true)
  })

  test('tubes of two things overlap by a tenth at most', () => {
    const overlaps = all.flatMap(({ actors: shown }) =>
      shown.flatMap((a, i) => shown.slice(i + 1).map((b) => overlap(a, b))),
    )
    expect(Math.max(...overlaps)).toBeLessThanOrEqual(0.1)
  })

  test('every thing is there for the shortest span at least, without a gap', () => {
    for (const { boxes } of actors) {
      const shown = boxes.flatMap((box, t) => (box ? [t] : []))
      expect(shown.length).toBeGreaterThanOrEqual(Math.ceil(minimumSpan * frames))
      expect(shown.at(-1)! - shown[0]! + 1).toBe(shown.length)
    }
  })

  test('a clip has the removable attributes of its class and no others', () => {
    for (const { label, actors: shown } of all) {
      const bits = shown.flatMap(({ attribute }) => {
        if (attribute === null) return []
        const variants = config.optionalAttributes > 0 ? 2 * config.removable : config.removable
        return attribute < variants ? [attribute % config.removable] : []
      })
      expect(bits.reduce((sum, bit) => sum | (1 << bit), 0)).toBe(label)
      expect(new Set(bits).size).toBe(bits.length)
    }
  })
})

test('the same settings give the same scene, another index or split another', () => {
  const config = SampleConfig.parse({ tier: 'T3' })
  expect(sceneOf(config, 'train', 7)).toEqual(sceneOf(config, 'train', 7))
  expect(sceneOf(config, 'train', 7)).not.toEqual(sceneOf(config, 'test', 7))
  expect(sceneOf(config, 'train', 7)).not.toEqual(sceneOf({ ...config, seed: 1 }, 'train', 7))
})

test('classes are equally frequent', () => {
  const labels = scenes(SampleConfig.parse({}), 160).map(({ label }) => label)
  for (let c = 0; c < 8; c++) expect(labels.filter((label) => label === c)).toHaveLength(20)
})

test('without an attribute a scene is of the class that lacks it, and all else stays', () => {
  const config = SampleConfig.parse({})
  const scene = scenes(config).find(({ label }) => label === 0b111)!
  const changed = without(config, scene, 1)
  expect(changed.label).toBe(0b101)
  expect(changed.actors).toEqual(scene.actors.filter(({ attribute }) => attribute !== 1))
  expect({ ...changed, label: 0, actors: [] }).toEqual({ ...scene, label: 0, actors: [] })
})

test('in T4 the thing stays when its motion is taken away, and stands still', () => {
  const config = SampleConfig.parse({ tier: 'T4' })
  const scene = scenes(config).find(({ label }) => label === 0b111)!
  const ball = without(config, scene, 1).actors.find(({ thing }) => thing === 'ball')!
  expect(ball).toMatchObject({ attribute: null, moves: false })
  expect(new Set(ball.boxes.map((box) => JSON.stringify(box))).size).toBe(1)
  expect(new Set(scene.actors.find(({ thing }) => thing === 'ball')!.boxes.map((box) => box!.x1)).size).toBeGreaterThan(
    10,
  )
})

test('label noise gives a share of the training clips another class, and no test clip', () => {
  const config = SampleConfig.parse({ labelNoise: 0.4 })
  const wrong = (split: 'train' | 'test') =>
    Array.from({ length: 400 }, (_, i) => sceneOf(config, split, i).label !== i % 8).filter(Boolean).length / 400
  // Drawn at random, one in eight falls on its own class.
  expect(wrong('train')).toBeGreaterThan(0.28)
  expect(wrong('train')).toBeLessThan(0.42)
  expect(wrong('test')).toBe(0)
})

test('a spurious background goes with the first attribute, as strongly as asked', () => {
  const together = (spurious: number) => {
    const config = SampleConfig.parse({ spurious })
    const red = ({ sky }: { sky: readonly [number, number, number] }) => sky[0] > (sky[1] + sky[2]) / 2 + 30
    return scenes(config, 400).filter(({ label, colours }) => red(colours) === ((label & 1) === 1)).length / 400
  }
  expect(together(1)).toBeGreaterThan(0.93)
  expect(Math.abs(together(0.01) - 0.5)).toBeLessThan(0.1)
})

test('centre bias brings things together, distractors come as often as asked', () => {
  const spread = (centreBias: number) => {
    const boxes = scenes(SampleConfig.parse({ centreBias, size: 112 })).flatMap(({ actors }) =>
      actors.flatMap(({ boxes: b }) => b[8] ?? []),
    )
    return boxes.reduce((sum, { x1, x2 }) => sum + Math.abs((x1 + x2) / 2 - 56), 0) / boxes.length
  }
  expect(spread(1)).toBeLessThan(0.75 * spread(0))
  const crates = (distractor: number) =>
    scenes(SampleConfig.parse({ distractor, size: 112 })).filter(({ actors }) =>
      actors.some(({ thing }) => thing === 'crate'),
    ).length / 120
  expect(crates(0)).toBe(0)
  expect(crates(1)).toBeGreaterThan(0.9)
  expect(Math.abs(crates(0.5) - 0.5)).toBeLessThan(0.15)
})

test('the camera of T3 moves, that of T1 does not; something passes in front of half the clips', () => {
  const still = scenes(SampleConfig.parse({})).every(({ camera }) => camera.every(({ x, y }) => x === 0 && y === 0))
  expect(still).toBe(true)
  const t3 = scenes(SampleConfig.parse({ tier: 'T3' }))
  const reach = t3.flatMap(({ camera }) => camera.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))))
  expect(Math.max(...reach)).toBeGreaterThan(3)
  expect(Math.max(...reach)).toBeLessThanOrEqual(8 * 0.75 + 0.5)
  const occluded = t3.filter(({ occluder }) => occluder !== null).length / t3.length
  expect(Math.abs(occluded - 0.5)).toBeLessThan(0.15)
})

test('a class without everything is the class of nothing', () => {
  expect(classWithout(SampleConfig.parse({}), 0b111, [0, 1, 2])).toBe(0)
})
