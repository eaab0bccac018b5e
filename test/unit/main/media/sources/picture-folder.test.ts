import { execFileSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { tempFolder } from '../../../../support/studio'
import { numberedPictures, openPictureFolder } from '@main/media/sources/picture-folder'

test('numbers count, not letters', () => {
  expect(numberedPictures(['f10.jpg', 'f9.jpg', 'f1.jpg']).names).toEqual(['f1.jpg', 'f9.jpg', 'f10.jpg'])
})

test('names that are numbers alone are pictures', () => {
  expect(numberedPictures(['000002.jpg', '000001.jpg']).names).toEqual(['000001.jpg', '000002.jpg'])
})

test('optical flow, hidden files and other files are left out', () => {
  const names = [
    'img_1.jpg',
    'img_2.jpg',
    'x_1.jpg',
    'y_1.jpg',
    'flow_x_00001.jpg',
    'flow_2.png',
    '._img_1.jpg',
    'a.txt',
  ]
  expect(numberedPictures(names)).toEqual({ names: ['img_1.jpg', 'img_2.jpg'], missing: [] })
})

test('of two series the longer one is the film', () => {
  expect(numberedPictures(['thumb1.jpg', 'img1.jpg', 'img2.jpg']).names).toEqual(['img1.jpg', 'img2.jpg'])
})

test('any order of files gives the same film, and every missing number', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(numbers, (numbers) => {
      const { names, missing } = numberedPictures(numbers.map((n) => `img_${n}.png`))
      const sorted = [...numbers].sort((a, b) => a - b)
      expect(names).toEqual(sorted.map((n) => `img_${n}.png`))
      expect([...sorted, ...missing].sort((a, b) => a - b)).toEqual(
        Array.from({ length: sorted.at(-1)! - sorted[0]! + 1 }, (_, i) => sorted[0]! + i),
      )
    }),
  )
})

test('a named pipe among the pictures is passed over, and nothing waits for it', async () => {
  using folder = tempFolder()
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
  for (const name of ['f1.png', 'f3.png']) await image.clone().toFile(join(folder.path, name))
  execFileSync('mkfifo', [join(folder.path, 'f2.png')])
  symlinkSync(join(folder.path, 'f2.png'), join(folder.path, 'f4.png'))
  const { timestampsMs, picture } = await openPictureFolder(folder.path)
  expect([timestampsMs.length, (await picture(1)).damaged]).toEqual([2, false])
})

test('a picture of more than 8192 px a side is refused before it is decoded', async () => {
  using folder = tempFolder()
  const image = (width: number) => sharp({ create: { width, height: 1, channels: 3, background: 'red' } })
  await image(8193).toFile(join(folder.path, 'f1.png'))
  await image(8).toFile(join(folder.path, 'f2.png'))
  await expect(openPictureFolder(folder.path)).rejects.toThrow(/8193 x 1 px/)
  rmSync(join(folder.path, 'f1.png'))
  await image(8193).toFile(join(folder.path, 'f3.png'))
  const film = await openPictureFolder(folder.path)
  await expect(film.picture(1)).rejects.toThrow(/8193 x 1 px/)
})
