import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FeatureCache, featureKey } from '@main/learning/explainer/feature-cache'
import { readNpy, writeNpy } from '@main/learning/npy'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'features-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const shapes = [
  [2, 1, 2, 3],
  [2, 1, 1, 1],
]
const clip = {
  maps: [Float32Array.from({ length: 12 }, (_, i) => i / 7), Float32Array.of(0.25, 3)],
  probabilities: Float32Array.of(0.1, 0.9),
}
const aCache = (precision: 'fp32' | 'fp16' = 'fp32', weights = 'a') =>
  new FeatureCache({ folder, precision, shapes, upstream: { weights, frames: 2 } })

describe('the feature cache', () => {
  test('gives back what was put in: exactly in single precision, to three digits in half', () => {
    aCache().write('clip 1', clip)
    expect(aCache().read('clip 1')).toEqual(clip)
    aCache('fp16').write('clip 1', clip)
    const half = aCache('fp16').read('clip 1')!
    half.maps[0]!.forEach((value, i) => expect(value).toBeCloseTo(clip.maps[0]![i]!, 3))
    expect(half.probabilities).toEqual(clip.probabilities)
  })

  test('knows nothing of other clips, nor under another classifier or precision', () => {
    aCache().write('clip 1', clip)
    expect(aCache().read('clip 2')).toBeNull()
    expect(aCache('fp32', 'b').read('clip 1')).toBeNull()
    expect(aCache('fp16').read('clip 1')).toBeNull()
  })

  test('takes a file that was cut short for none', () => {
    const cache = aCache()
    cache.write('clip 1', clip)
    const own = join(folder, readdirSync(folder)[0]!)
    const tap = readdirSync(own).find((name) => name.includes('tap0'))!
    truncateSync(join(own, tap), readFileSync(join(own, tap)).length - 4)
    expect(cache.read('clip 1')).toBeNull()
  })

  test('its key depends on every value and not on the order of the names', () => {
    expect(featureKey({ a: 1, b: [2, 3] })).toBe(featureKey({ b: [2, 3], a: 1 }))
    expect(featureKey({ a: 1, b: [2, 3] })).not.toBe(featureKey({ a: 1, b: [2, 4] }))
  })
})

describe('arrays in the format of NumPy', () => {
  test('begin at a multiple of 64 bytes and name their type and shape', () => {
    const bytes = writeNpy({ shape: [3], values: Float32Array.of(1, 2, 3) }, 'fp32')
    expect((bytes.length - 12) % 64).toBe(0)
    expect(bytes.toString('latin1')).toContain("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }")
  })

  test('a number too large for half precision keeps its array in single precision', () => {
    const array = { shape: [2], values: Float32Array.of(70_000, 1) }
    expect(readNpy(writeNpy(array, 'fp16'))).toEqual(array)
  })

  test('other files are none', () => {
    expect(readNpy(Buffer.from('not an array'))).toBeNull()
  })
})
