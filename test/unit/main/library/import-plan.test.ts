import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planImport } from '@main/library/import-plan'
import { ImportOptions } from '@shared/contract/library'
import { temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => (home = temporaryFolder()))
afterEach(() => home.remove())

function files(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(home.path, name)), { recursive: true })
    writeFileSync(join(home.path, name), name)
  }
}

const plan = (options: Partial<ImportOptions> = {}, there: [string, string][] = []) =>
  planImport(ImportOptions.parse({ paths: [home.path], ...options }), new Map(there))

test('folders are gone through all the way down, in natural order, picture folders as one video each', async () => {
  files(
    'Ollie/Ollie10.mov',
    'Ollie/Ollie2.mov',
    'Jump/run 1/00001.jpg',
    'Jump/run 1/00002.jpg',
    'Jump/s.seq',
    'note.txt',
  )
  const { found, skipped } = await plan()
  expect(found.map(({ name, class: of }) => [name, of])).toEqual([
    ['s', 'Jump'],
    ['run 1', 'Jump'],
    ['Ollie2', 'Ollie'],
    ['Ollie10', 'Ollie'],
  ])
  expect(skipped).toEqual([
    { path: join(home.path, 'note.txt'), reason: 'Not a video: its ending is not one of a video file.' },
  ])
})

test('files and folders after which nothing can be called are passed over, with the reason', async () => {
  files('Ollie/two\nlines.mov', 'Oll\u0007ie/Ollie1.mov', 'Ollie/Ollie2.mov', `Ollie/${'x'.repeat(201)}.mov`)
  const { found, skipped } = await plan()
  expect(found.map(({ name }) => name)).toEqual(['Ollie2'])
  expect(skipped.map(({ reason }) => reason).sort()).toEqual([
    'It cannot be called after its file: the name has more than 200 characters. Rename the file.',
    'It cannot be called after its file: the name holds a line break or a control character. Rename the file.',
    'Its class cannot be called after its folder: the name holds a line break or a control character. Rename it.',
  ])
  const named = await plan({ classFrom: 'none' })
  expect(named.found.map(({ name }) => name)).toEqual(['Ollie1', 'Ollie2'])
})

test('lists give the splits, and what they name in vain is reported', async () => {
  files('v/Ollie/Ollie1.mov', 'v/Ollie/Ollie2.mov', 'v/Ollie/Ollie3.mov', 'v/Ollie/Ollie4.mov')
  const [trainList, testList] = ['train.txt', 'test.txt'].map((name) => join(home.path, name))
  writeFileSync(trainList!, 'Ollie/Ollie1.mov 1\nOllie/Ollie9.mov 1\nOllie/Ollie3.mov 1\n')
  writeFileSync(testList!, 'Ollie/Ollie2.mov\nOllie3\n')
  const { found, skipped, unlisted } = await plan({ paths: [join(home.path, 'v')], trainList, testList })
  expect(unlisted).toEqual(skipped)
  expect(found.map(({ name, split }) => [name, split])).toEqual([
    ['Ollie1', 'train'],
    ['Ollie2', 'test'],
    ['Ollie3', 'test'],
    ['Ollie4', null],
  ])
  expect(skipped).toEqual([
    {
      path: 'line 2',
      reason: 'In the training list. No video of this name is among those found.',
    },
    {
      path: join(home.path, 'v/Ollie/Ollie3.mov'),
      reason: 'In both lists, so it is taken for a test video and not trained on.',
    },
  ])
})

test('a class and split for all go before what folders say; a path imported before keeps its name', async () => {
  files('a/clip.mp4', 'b/clip.mp4')
  const { found } = await plan({ class: ' Ollie ', split: 'test' }, [[join(home.path, 'b/clip.mp4'), 'clip']])
  expect(found).toEqual([
    { path: join(home.path, 'a/clip.mp4'), name: 'a/clip', class: 'Ollie', split: 'test' },
    { path: join(home.path, 'b/clip.mp4'), name: 'clip', class: 'Ollie', split: 'test' },
  ])
})

test('paths without anything are named, and an import of nothing is refused', async () => {
  files('a.mp4')
  const gone = join(home.path, 'gone.mp4')
  expect((await plan({ paths: [home.path, gone] })).skipped).toEqual([
    { path: gone, reason: 'There is nothing at this path.' },
  ])
  await expect(plan({ paths: [gone] })).rejects.toMatchObject({ code: 'NOTHING_TO_IMPORT', data: { paths: [gone] } })
  await expect(plan({ trainList: gone })).rejects.toMatchObject({
    code: 'BAD_SETTING',
    data: { setting: 'trainList', reason: `${gone}: there is no such file` },
  })
})
