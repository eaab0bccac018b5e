import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findLists } from '@main/library/find-lists'
import { temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => (home = temporaryFolder()))
afterEach(() => home.remove())

test('lists beside the videos and one folder up are found, and told apart by their names', async () => {
  const films = join(home.path, 'films')
  mkdirSync(films)
  const files = ['films/trainlist01.txt', 'films/val.csv', 'films/notes.txt', 'films/train_test.txt', 'testlist01.TXT']
  for (const file of files) writeFileSync(join(home.path, file), '')
  writeFileSync(join(films, 'train.mp4'), '')
  const expected = [
    { path: join(films, 'trainlist01.txt'), split: 'train' },
    { path: join(films, 'val.csv'), split: 'test' },
  ]
  const above = { path: join(home.path, 'testlist01.TXT'), split: 'test' }
  expect(await findLists([films])).toEqual([...expected, above])
  expect(await findLists([join(films, 'train.mp4')])).toEqual(expected)
  expect(await findLists([join(home.path, 'nowhere', 'at', 'all')])).toEqual([])
})
