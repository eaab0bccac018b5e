import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { SampleConfig } from '@shared/config/sample'
import { render } from '@main/sample/render'
import { sceneOf } from '@main/sample/scene'
import { cpuMs } from '../../../support/cpu-time'
import { without } from '../../../support/scene-without'

const hash = (settings: object) => {
  const config = SampleConfig.parse(settings)
  const clips = [0, 7, 11].map((i) => render(config, sceneOf(config, 'train', i)))
  return createHash('sha256').update(Buffer.concat(clips)).digest('hex').slice(0, 16)
}

test.each([
  [{}, 'd377e9201d57c678'],
  [{ tier: 'T2', optionalAttributes: 0.5 }, 'c620d0921f4f6d28'],
  [{ tier: 'T3', removable: 4 }, '750389bbfe12f1b1'],
  [{ tier: 'T4' }, '3a9f9ed3425bacb2'],
  [{ size: 112, seed: 5 }, '0979555c48621b0c'],
])('the pixels of %j are these, on every machine', (settings, golden) => {
  expect(hash(settings)).toBe(golden)
})

test('all training clips of the tour are drawn by a few seconds of work, no two alike', () => {
  const config = SampleConfig.parse({})
  const started = cpuMs()
  const clips = new Set(
    Array.from({ length: 152 }, (_, i) =>
      createHash('sha256')
        .update(render(config, sceneOf(config, 'train', i)))
        .digest('hex'),
    ),
  )
  expect(clips.size).toBe(152)
  // A fifth of the 760 clips, which are to take 5 s; three times that, for slow machines.
  expect(cpuMs() - started).toBeLessThan(3000)
})

test.each(['T1', 'T2', 'T3', 'T4'] as const)(
  'in %s a clip without an attribute differs only where the attribute was',
  (tier) => {
    const config = SampleConfig.parse({ tier })
    const scene = Array.from({ length: 16 }, (_, i) => sceneOf(config, 'train', i)).find(
      ({ label }) => label === 0b111,
    )!
    const attribute = 2
    const { boxes } = scene.actors.find((actor) => actor.attribute === attribute)!
    const [full, less] = [render(config, scene), render(config, without(config, scene, attribute))]
    let inside = 0
    let outside = 0
    for (let i = 0; i < full.length; i++) {
      if (full[i] === less[i]) continue
      const pixel = Math.floor(i / 3)
      const [t, y, x] = [Math.floor(pixel / 64 / 64), Math.floor(pixel / 64) % 64, pixel % 64]
      const { x: dx, y: dy } = scene.camera[t]!
      const box = boxes[t]
      // Blur carries a pixel's change one further.
      const within = box && x + 2 > box.x1 + dx && x - 1 < box.x2 + dx && y + 2 > box.y1 + dy && y - 1 < box.y2 + dy
      if (within) inside++
      else outside++
    }
    expect(inside).toBeGreaterThan(200)
    expect(outside).toBe(0)
  },
)

test('noise, blur and brightness change the picture as they say', () => {
  const base = SampleConfig.parse({ distractor: 0 })
  const scene = sceneOf(base, 'train', 0)
  const of = (changes: object) => render({ ...base, ...changes }, scene)
  const plain = of({})
  const deviation = (other: Uint8Array) =>
    Math.sqrt(plain.reduce((sum, value, i) => sum + (value - other[i]!) ** 2, 0) / plain.length)
  expect(deviation(of({ noise: 0.04 })) / 255).toBeCloseTo(0.04, 2)
  const edges = (clip: Uint8Array) =>
    clip.reduce((sum, value, i) => sum + (i % 192 > 2 ? (value - clip[i - 3]!) ** 2 : 0), 0)
  expect(edges(of({ blur: 1 }))).toBeLessThan(0.7 * edges(plain))
  const bright = render(base, { ...scene, brightness: 1.2 })
  expect(Math.abs(bright[0]! - plain[0]! * 1.2)).toBeLessThan(2)
})
