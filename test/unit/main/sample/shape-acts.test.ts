import { expect, test } from 'vitest'
import { boxAt } from '@shared/geometry/track'
import { SampleConfig } from '@shared/config/sample'
import { relabelFor, sampleClips, sampleSource } from '@main/sample/shape-acts'

const config = SampleConfig.parse({ train: 24, test: 8 })

test('clips carry class, attributes and tracks by name, in both splits', () => {
  const clips = [...sampleClips(config)]
  expect(clips.map(({ name }) => name).slice(22, 26)).toEqual(['train_0022', 'train_0023', 'test_0000', 'test_0001'])
  const [, , , both] = clips
  expect(both?.class).toBe('pole + ball')
  for (const { attributes, tracks } of clips) expect(tracks.map(({ attribute }) => attribute)).toEqual(attributes)
})

test('dense tracks have the box of every frame and end where the thing goes', () => {
  for (const { tracks, scene } of sampleClips(config)) {
    const shown = scene.actors.filter(({ attribute }) => attribute !== null)
    tracks.forEach(({ keyframes }, i) => {
      for (let frame = 0; frame < 16; frame++) expect(boxAt(keyframes, frame)).toEqual(shown[i]!.boxes[frame] ?? null)
    })
  }
})

test('with one key frame a track has a box in that frame alone', () => {
  for (const { tracks } of sampleClips({ ...config, annotation: 'keyframe' }))
    for (const { keyframes } of tracks) {
      const boxed = Array.from({ length: 16 }, (_, frame) => boxAt(keyframes, frame)).filter(Boolean)
      expect(boxed).toHaveLength(1)
    }
})

test('what passes in front marks key frames as occluded, in T3 only', () => {
  const share = (tier: 'T1' | 'T3') => {
    const all = [...sampleClips({ ...config, tier })].flatMap(({ tracks }) =>
      tracks.flatMap(({ keyframes }) => keyframes),
    )
    return all.filter(({ occluded }) => occluded).length / all.length
  }
  expect(share('T1')).toBe(0)
  expect(share('T3')).toBeGreaterThan(0.03)
  expect(share('T3')).toBeLessThan(0.4)
})

test('tracks follow the camera and stay inside the picture', () => {
  for (const { tracks, scene } of sampleClips({ ...config, tier: 'T3' })) {
    const shown = scene.actors.filter(({ attribute }) => attribute !== null)
    tracks.forEach(({ keyframes }, i) => {
      for (const { frame, box, outside } of keyframes) {
        expect(Math.min(box.x1, box.y1)).toBeGreaterThanOrEqual(0)
        expect(Math.max(box.x2, box.y2)).toBeLessThanOrEqual(64)
        const scenic = shown[i]!.boxes[frame]
        if (!outside && box.x1 > 0 && box.x2 < 64) expect(box.x1 - scenic!.x1).toBeCloseTo(scene.camera[frame]!.x)
      }
    })
  }
})

test('as a data set for learning it has the pixels, classes, attributes and tubes of its clips', async () => {
  const source = sampleSource(config, 'train')
  expect(source).toMatchObject({ count: 24, classes: 8, attributes: 6 })
  const { pixels, count } = await source.read([3, 5], { kind: 'window', index: 0, of: 1 })
  expect([pixels.length, count]).toEqual([2 * 16 * 64 * 64 * 3, 2])
  const alone = await source.read([5], { kind: 'window', index: 0, of: 1 })
  expect(Buffer.compare(alone.pixels, pixels.subarray(16 * 64 * 64 * 3))).toBe(0)
  const tubes = source.tubes!(7, { kind: 'window', index: 0, of: 1 })
  expect(tubes.map(({ attribute }) => attribute)).toEqual(source.assigned(7))
  expect(source.label(7)).toBe(0b111)
})

test('erased attributes relabel a clip to the class that is left', () => {
  const relabel = relabelFor(config)
  expect(relabel(0b111, [0])).toBe(0b110)
  expect(relabel(0b011, [4])).toBe(0b011)
})
