import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Affine, toSource } from '@shared/geometry/affine'
import { maskClip } from '@main/explanation/masking'
import { pixelBox, type Region, settled } from '@main/explanation/region'
import { uniformWindows } from '@main/media/clips/windows'
import { clipGeometry } from '@main/media/clips/clip-reader'
import { regionOfTube, tubeOf } from '@main/worker/session/source-tube'

const side = 24
const size = { frames: 8, height: side, width: side }
const colours = { black: [-3, -3, -3], mean: [0, 0, 0] } as const

/** A clip of a video of any length and shape, cut at any stride, and cells of a tube in it. */
const clips = fc.record({
  frames: fc.integer({ min: 1, max: 40 }),
  stride: fc.integer({ min: 1, max: 4 }),
  short: fc.constantFrom('reflect' as const, 'loop' as const),
  source: fc.record({ width: fc.integer({ min: 24, max: 400 }), height: fc.integer({ min: 24, max: 400 }) }),
  fill: fc.constantFrom('mean' as const, 'black' as const, 'clip' as const, 'blur' as const),
  start: fc.integer({ min: 0, max: 7 }),
  path: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
    minLength: 1,
    maxLength: 8,
  }),
})

/** The picture of each sampled frame: equal where the source frame is, so that nothing but a mask tells two of them apart. */
function clipOf(frames: readonly number[]): Float32Array {
  const perPicture = side * side * 3
  return Float32Array.from(
    { length: frames.length * perPicture },
    (_, i) => Math.sin((frames[Math.floor(i / perPicture)] ?? 0) * 7 + (i % perPicture)) * 2 + 0.001,
  )
}

test('the tube that is drawn on the source is what was masked: every picture, pixel for pixel', () => {
  fc.assert(
    fc.property(clips, ({ frames: length, stride, short, source, fill, start, path }) => {
      const frames = uniformWindows({ frames: length, length: size.frames, stride, short }, 1)[0] ?? []
      const affine: Affine = clipGeometry(source, { width: side, height: side, fit: 'crop' }).toSource
      const place = { frames, affine }
      const found: Region = Array.from({ length: size.frames }, (_, t) => {
        const at = path[t - start]
        return at
          ? { x1: 4 * at[0], y1: 4 * at[1], x2: Math.min(side, 4 * at[0] + 9), y2: Math.min(side, 4 * at[1] + 9) }
          : null
      })
      const region = settled(found, frames)
      const tube = tubeOf(region, place)
      // One box a picture is all that can be drawn.
      expect(new Set(tube.map(({ frame }) => frame)).size).toBe(tube.length)

      const input = clipOf(frames)
      const masked = maskClip(input, [region], { size, fill, colours })
      // The mask check is given the tube as it is shown.
      expect(maskClip(input, [regionOfTube(tube, place)], { size, fill, colours })).toEqual(masked)

      const drawn = new Map(tube.map(({ frame, box }) => [frame, box]))
      for (let t = 0; t < size.frames; t++) {
        const shown = drawn.get(frames[t] ?? -1)
        const [box] = shown ? regionOfTube([{ frame: 0, box: shown }], { frames: [0], affine }) : [null]
        const pixels = box ? pixelBox(box, size) : null
        for (let y = 0; y < side; y++) {
          for (let x = 0; x < side; x++) {
            const covered = pixels !== null && x >= pixels.x1 && x < pixels.x2 && y >= pixels.y1 && y < pixels.y2
            const at = ((t * side + y) * side + x) * 3
            const changed =
              masked[at] !== input[at] || masked[at + 1] !== input[at + 1] || masked[at + 2] !== input[at + 2]
            if (changed !== covered) expect.fail(`frame ${t}, pixel ${x}, ${y}: drawn ${covered}, masked ${changed}`)
          }
        }
        // What a person sees and what was masked lie on each other within half a pixel of the clip.
        if (shown && pixels) {
          const onSource = toSource(pixels, affine)
          const pixel = toSource({ x1: 0, y1: 0, x2: 1, y2: 1 }, affine)
          expect(Math.abs(onSource.x1 - shown.x1)).toBeLessThanOrEqual(0.5 * (pixel.x2 - pixel.x1) + 1e-6)
          expect(Math.abs(onSource.y2 - shown.y2)).toBeLessThanOrEqual(0.5 * (pixel.y2 - pixel.y1) + 1e-6)
        }
      }
    }),
    { numRuns: 300 },
  )
})
