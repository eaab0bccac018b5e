import { expect, test } from 'vitest'
import type { ClipSource } from '@main/learning/clip-source'
import { prepareClips } from '@main/learning/target/prepare-clips'
import { relabelFor, sampleSource } from '@main/sample/shape-acts'
import { ClassifierConfig } from '@shared/config/classifier'
import { SampleConfig } from '@shared/config/sample'

const sample = SampleConfig.parse({ train: 16, test: 1, frames: 8 })
const train = sampleSource(sample, 'train')
const scale = { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] } as const
const config = ClassifierConfig.parse({ size: 64, frames: 8, erase: 1, crop: 0.2 })
const draw = { kind: 'random', seed: 0, epoch: 3 } as const

async function prepared(indices: number[], changes: object = {}, source: ClipSource = train) {
  const clips = await train.read(indices, draw)
  const relabel = relabelFor(sample)
  return prepareClips(clips, indices, 3, { config, train: source, scale, relabel, ...changes })
}

test('what happens to a clip does not depend on the batch it stands in', async () => {
  const together = await prepared([3, 5, 7])
  const alone = await prepared([5])
  const size = alone.values.length
  expect(together.values.subarray(size, 2 * size)).toEqual(alone.values)
  expect(together.labels[1]).toBe(alone.labels[0])
})

test('a clip loses the attribute that was erased from it, in pixels and in its class', async () => {
  const plain = ClassifierConfig.parse({ size: 64, frames: 8, erase: 0, flip: false })
  const indices = Array.from({ length: 16 }, (_, i) => i)
  const before = await prepared(indices, { config: plain })
  const after = await prepared(indices, { config: { ...plain, erase: 1 } })
  const relabelled = indices.filter((i) => after.labels[i] !== before.labels[i])
  expect(relabelled.length).toBeGreaterThan(2)
  // Only removable attributes are bits of the class; none is ever added.
  for (const i of relabelled) expect(after.labels[i]! & ~before.labels[i]!).toBe(0)
  const size = before.values.length / 16
  for (const i of relabelled) {
    const clip = after.values.subarray(i * size, (i + 1) * size)
    expect(clip.filter((value) => value === 0).length).toBeGreaterThan(100)
  }
})

test('where no class is left for what remains, nothing is erased', async () => {
  const plain = ClassifierConfig.parse({ size: 64, frames: 8, erase: 1, flip: false })
  const untouched = await prepared([7], { config: { ...plain, erase: 0 } })
  const kept = await prepared([7], { config: plain, relabel: () => null })
  const away = await prepared([7], { config: plain, relabel: undefined })
  // Regions that cover no attribute may still be erased: those keep the class.
  expect(kept.labels).toEqual(untouched.labels)
  expect(away.labels).toEqual(untouched.labels)
})

test('a data set without boxes is erased at random places only', async () => {
  const { labels } = await prepared([1, 2, 3], {}, { ...train, tubes: undefined })
  expect(labels).toEqual([1, 2, 3])
})
