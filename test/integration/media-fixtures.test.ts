import { expect, test } from 'vitest'
import type { Picture } from '@main/media/decode/contract/decoder'
import { fixturePromises, importFixture, originals } from '../support/fixture-promises'
import { everyDecoder } from '../support/media'
import { hasSharedData, whenShared } from '../support/shared-data'

const decoders = await everyDecoder()
const [usual, ...others] = decoders
// `npm run slow -- fixtures` asks all of every decoder.
if (usual) fixturePromises(usual)
for (const other of others) fixturePromises(other, { every: 4 })

test.skipIf(!hasSharedData || decoders.length < 2)(`all decoders give the same pixels${whenShared}`, async () => {
  for (const name of ['ucf_xvid_packedb_2997.avi', 'hevc_8bit.mp4', 'h264_rot_ccw90.mp4', 'h264_sar16x11.mp4']) {
    const [first, ...others] = await Promise.all(decoders.map((decoder) => originals(name, decoder)))
    for (const other of others) expect(meanDifference(first!, other), name).toBeLessThan(0.5)
  }
})

test.skipIf(!hasSharedData)(`node-av says which pictures are damaged${whenShared}`, async () => {
  const { record } = await importFixture('corrupt_bits.mp4', decoders[0]!)
  expect(record.badFrames).toHaveLength(17)
  expect(record.reason).toContain('17 of 59 pictures were decoded with errors (20, 22-32')
})

function meanDifference(a: Picture[], b: Picture[]): number {
  expect(b.length).toBe(a.length)
  let sum = 0
  let count = 0
  a.forEach(({ pixels }, i) => {
    for (let k = 0; k < pixels.length; k += 7, count++) sum += Math.abs(pixels[k]! - b[i]!.pixels[k]!)
  })
  return sum / count
}
