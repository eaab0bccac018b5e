import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MediaFolder } from '@main/media/files/media-folder'
import { temporaryFolder } from '../../../../support/media'

test('what a running process is writing is left alone; what a dead one left is swept away', async () => {
  using temporary = temporaryFolder()
  const folder = new MediaFolder(temporary.path)
  const own = folder.temporary('abc', '.mp4')
  const dead = ['.mp4', '.strip.jpg', '.jpg', '.json'].map((ending) =>
    join(temporary.path, `.abc.999999999.tmp${ending}`),
  )
  for (const path of [own, ...dead, join(temporary.path, 'abc.mp4')]) writeFileSync(path, 'x')
  await folder.sweep()
  expect(readdirSync(temporary.path).sort()).toEqual([`.abc.${process.pid}.tmp.mp4`, 'abc.mp4'])
})

test('a proxy without a record, or a record without a whole proxy, is not finished', () => {
  using temporary = temporaryFolder()
  const folder = new MediaFolder(temporary.path)
  const files = folder.files('abc')
  writeFileSync(files.proxy, 'x')
  expect(folder.finished('abc')).toBeNull()
  writeFileSync(files.record, '{"frames": 3')
  expect(folder.finished('abc')).toBeNull()
  expect(existsSync(files.proxy)).toBe(true)
})
