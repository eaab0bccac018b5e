import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '@shared/failures'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { knottyVideo } from '../../../support/foreign-readers'
import { knownVideo, readAll } from '../../../support/memory-source'
import { anyChanges, mangled, soundFiles } from '../../../support/sound-files'

const files = await soundFiles()
const registry = new FormatRegistry(allFormats)
const videos = [knownVideo(knottyVideo('clip'))]

test('there is a sound file of every format that is read, and it is known by its look', async () => {
  const found = new Set<string>()
  for (const [name, source] of files) {
    const [format = ''] = name.split(' ')
    expect((await registry.candidates(source))[0]?.format.name, name).toBe(format)
    const { parts, notes } = await readAll(registry.get(format), source, { videos })
    expect(parts.length, `${name}: ${JSON.stringify(notes)}`).toBeGreaterThan(0)
    found.add(format)
  }
  expect([...found].sort()).toEqual(
    allFormats
      .filter(({ read }) => read)
      .map(({ name }) => name)
      .sort(),
  )
})

// `npm run slow -- formats` breaks 2,000 of each, and takes them through a whole import.
test.each([...files.keys()])('mangled files of the format %s end in a report or a sentence', async (name) => {
  const [format = ''] = name.split(' ')
  await fc.assert(
    fc.asyncProperty(anyChanges, async (changes) => {
      try {
        await readAll(registry.get(format), mangled(files.get(name)!, changes), { videos })
      } catch (error) {
        expect(error).toBeInstanceOf(Failure)
      }
    }),
    { numRuns: 200, seed: 11 },
  )
})
