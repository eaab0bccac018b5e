import { expect, test } from 'vitest'
import { planImport } from '@main/library/import-plan'
import { ImportOptions } from '@shared/contract/library'
import { hasSharedData, sharedData, whenShared } from '../support/shared-data'

test.skipIf(!hasSharedData)(`a data set with list files gets its classes and splits${whenShared}`, async () => {
  const options = ImportOptions.parse({
    paths: [sharedData('videos/skateboardml')],
    trainList: sharedData('videos/skateboardml/trainlist02.txt'),
    testList: sharedData('videos/skateboardml/testlist02.txt'),
  })
  const { found, skipped } = await planImport(options, new Map())
  const of = (split: string | null) => found.filter((video) => video.split === split).length
  expect({ all: found.length, train: of('train'), test: of('test') }).toEqual({ all: 80, train: 67, test: 12 })
  expect(Map.groupBy(found, (video) => video.class).get('Kickflip')).toHaveLength(40)
  expect(found.map(({ name }) => name)).toContain('Kickflip30')
  const unlisted = skipped.filter(({ reason }) => reason.startsWith('In the '))
  // A list may be any file of the machine: its lines are counted, not told.
  expect(unlisted.every(({ path }) => /^line \d+$/.test(path))).toBe(true)
})
