import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskClip } from '@main/explanation/masking'
import { random } from '@main/learning/random'
import {
  coverage,
  cropClip,
  cropTubes,
  drawCrop,
  drawErasure,
  eraseRegion,
  flipClip,
  flipTubes,
} from '@main/learning/target/augment'
import { SampleConfig } from '@shared/config/sample'
import { sampleSource } from '@main/sample/shape-acts'

const shape = { frames: 2, height: 4, width: 6 }
const clip = () => Float32Array.from({ length: 2 * 4 * 6 * 3 }, (_, i) => i + 1)
const box = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 })
/** 1 inside the box, 0 elsewhere. */
const drawn = (b: ReturnType<typeof box>, side: number) =>
  Float32Array.from({ length: side * side * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)]
    return x >= b.x1 && x < b.x2 && y >= b.y1 && y < b.y2 ? 1 : 0
  })

test('mirroring twice gives the clip back; once puts left where right was', () => {
  const values = clip()
  flipClip(values, shape)
  expect([...values.subarray(0, 3)]).toEqual([16, 17, 18])
  flipClip(values, shape)
  expect(values).toEqual(clip())
})

test('mirrored boxes lie on the mirrored pixels', () => {
  const values = drawn(box(1, 2, 4, 5), 8)
  flipClip(values, { frames: 1, height: 8, width: 8 })
  const [tube] = flipTubes([{ attribute: 0, boxes: [box(1, 2, 4, 5), null] }], 8)
  expect(values).toEqual(drawn(tube!.boxes[0]!, 8))
  expect(tube!.boxes[1]).toBeNull()
})

test('an enlarged part holds what the window showed, and its boxes follow', () => {
  const values = drawn(box(4, 6, 8, 10), 16)
  const window = { left: 2, top: 4, share: 0.5 }
  const size = { frames: 1, height: 16, width: 16 }
  cropClip(values, size, window)
  const [tube] = cropTubes([{ attribute: 0, boxes: [box(4, 6, 8, 10)] }], size, window)
  expect(tube!.boxes).toEqual([box(4, 4, 12, 12)])
  const at = (x: number, y: number) => values[(y * 16 + x) * 3]!
  expect([at(8, 8), at(5, 5), at(10, 10)]).toEqual([1, 1, 1])
  expect([at(2, 8), at(13, 8), at(8, 2), at(8, 13)]).toEqual([0, 0, 0, 0])
})

test('the whole picture as window changes nothing', () => {
  const values = clip()
  cropClip(values, shape, { left: 0, top: 0, share: 1 })
  expect(values).toEqual(clip())
})

test('windows stay inside the picture, and boxes that are left outside are gone', () => {
  const stream = random(1)
  for (let i = 0; i < 200; i++) {
    const { left, top, share } = drawCrop({ frames: 1, height: 40, width: 60 }, 0.3, stream)
    expect(share).toBeGreaterThan(0.7)
    expect(left).toBeGreaterThanOrEqual(0)
    expect(left + 60 * share).toBeLessThanOrEqual(60 + 1e-9)
    expect(top + 40 * share).toBeLessThanOrEqual(40 + 1e-9)
  }
  const outside = cropTubes([{ attribute: 0, boxes: [box(0, 0, 1, 1)] }], shape, { left: 3, top: 2, share: 0.5 })
  expect(outside[0]!.boxes).toEqual([null])
})

test('erasing is the mask of the measurements, pixel for pixel', () => {
  const side = fc.double({ min: -3, max: 9, noNaN: true })
  const region = fc.array(fc.option(fc.record({ x1: side, y1: side, x2: side, y2: side })), {
    minLength: 2,
    maxLength: 2,
  })
  fc.assert(
    fc.property(region, (boxes) => {
      const erased = clip()
      eraseRegion(erased, boxes, shape)
      const masked = maskClip(clip(), [boxes], { size: shape, fill: 'mean', colours: { black: [0, 0, 0] } })
      expect(erased).toEqual(masked)
    }),
  )
})

test('coverage is the covered share of the whole tube', () => {
  const tube = { attribute: 0, boxes: [box(0, 0, 4, 4), box(0, 0, 4, 4), null] }
  expect(coverage(tube, [box(0, 0, 4, 4), null, box(0, 0, 4, 4)])).toBe(0.5)
  expect(coverage(tube, [box(2, 2, 9, 9), box(2, 0, 4, 4), null])).toBe((4 + 8) / 32)
  expect(coverage({ attribute: 0, boxes: [null] }, [box(0, 0, 1, 1)])).toBe(0)
})

test('no erasure leaves an attribute half covered; half of them follow a tube', () => {
  const source = sampleSource(SampleConfig.parse({ train: 64, test: 1 }), 'train')
  const size = { frames: 16, height: 64, width: 64 }
  let erasing = 0
  let count = 0
  for (let i = 0; i < 640; i++) {
    const tubes = source.tubes!(i % 64, { kind: 'random', seed: 0, epoch: 0 })
    const erasure = drawErasure(tubes, size, random(9, i))
    if (!erasure) continue
    count++
    if (erasure.erased.length > 0) erasing++
    for (const tube of tubes) {
      const share = coverage(tube, erasure.region)
      expect(share <= 0.45 || share >= 0.75).toBe(true)
      expect(erasure.erased.includes(tube.attribute)).toBe(share >= 0.75)
    }
  }
  expect(count).toBeGreaterThan(600)
  expect(erasing / count).toBeGreaterThan(0.4)
  expect(erasing / count).toBeLessThan(0.75)
})
