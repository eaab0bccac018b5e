import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberedPictures } from '@main/media/sources/picture-folder'

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
