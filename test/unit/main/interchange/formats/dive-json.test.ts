import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diveJson } from '@main/interchange/formats/dive-json'
import { bytesOf } from '@main/interchange/source/source'
import { anyVideo } from '../../../../support/arbitrary-video'
import { DiveAnnotations } from '../../../../support/dive-schema'
import { contentsOf, written } from '../../../../support/memory-source'

test('what is written obeys the schema that DIVE publishes, whatever the tracks', async () => {
  await fc.assert(
    fc.asyncProperty(anyVideo('clip'), async (video) => {
      const file = await written('clip.json', diveJson.write!(contentsOf([video]), {}))
      const read = DiveAnnotations.safeParse(JSON.parse((await bytesOf(file)).toString()))
      expect(read.error?.issues ?? []).toEqual([])
    }),
    { numRuns: 100, seed: 3 },
  )
})
