import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskWords, replaceFolder, settleFolder, standing, writeWhole } from '@main/files/write-whole'
import { tempFolder } from '../../../support/studio'

test('a file is there whole, and nothing beside it', () => {
  using folder = tempFolder()
  const file = join(folder.path, 'a.json')
  writeWhole(file, 'one')
  writeWhole(file, 'two')
  expect([readdirSync(folder.path), readFileSync(file, 'utf8')]).toEqual([['a.json'], 'two'])
})

test('what cannot be written leaves the old file and nothing else', () => {
  using folder = tempFolder()
  mkdirSync(join(folder.path, 'a.json'))
  expect(() => writeWhole(join(folder.path, 'a.json'), 'x')).toThrow()
  expect(readdirSync(folder.path)).toEqual(['a.json'])
})

test('a full disk is said in words, whichever system call met it', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])
    expect(() =>
      diskWords('/d/file', () => {
        throw Object.assign(new Error('x'), { code })
      }),
    ).toThrow(expect.objectContaining({ code: 'DISK_FULL', data: { path: '/d/file' } }))
})

test('a folder that cannot be filled leaves the one that was there', () => {
  using folder = tempFolder()
  const model = join(folder.path, 'model')
  replaceFolder(model, (beside) => writeFileSync(join(beside, 'weights'), 'old'))
  expect(() =>
    replaceFolder(model, () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }),
  ).toThrow(expect.objectContaining({ code: 'DISK_FULL' }))
  expect([readdirSync(folder.path), readFileSync(join(model, 'weights'), 'utf8')]).toEqual([['model'], 'old'])
})

test('after a crash between the two renames the old folder is read, and comes back', () => {
  using folder = tempFolder()
  const model = join(folder.path, 'model')
  replaceFolder(model, (beside) => writeFileSync(join(beside, 'weights'), 'old'))
  renameSync(model, `${model}.old`)
  expect(readFileSync(standing(model, 'weights'), 'utf8')).toBe('old')
  settleFolder(model)
  expect([existsSync(`${model}.old`), readFileSync(join(model, 'weights'), 'utf8')]).toEqual([false, 'old'])
})
