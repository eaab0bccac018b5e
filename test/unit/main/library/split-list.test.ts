import { expect, test } from 'vitest'
import { listEntries, matchList } from '@main/library/split-list'

const video = (path: string) => ({ path, stem: path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '') })
const videos = [
  '/v/Kickflip/Kickflip11.mov',
  '/v/Ollie/Ollie1.mov',
  '/v/a/clip.mp4',
  '/v/b/clip.mp4',
  '/v/x/with space 2.mp4',
  '/v/x/naïve (1) #2 100%.mp4',
].map(video)

test('lines are read with any line ends, a mark at the start and empty lines', () => {
  expect(listEntries('\ufeffone\r\n\r\n two 1 \rthree\n')).toEqual([
    { entry: 'one', line: 1 },
    { entry: 'two 1', line: 3 },
    { entry: 'three', line: 4 },
  ])
})

test.each([
  ['Kickflip11', '/v/Kickflip/Kickflip11.mov'],
  ['Kickflip11.mov', '/v/Kickflip/Kickflip11.mov'],
  ['Kickflip/Kickflip11.mov', '/v/Kickflip/Kickflip11.mov'],
  ['Kickflip\\Kickflip11.mov 1', '/v/Kickflip/Kickflip11.mov'],
  ['Kickflip/Kickflip11.avi 12', '/v/Kickflip/Kickflip11.mov'],
  ['/elsewhere/Ollie/Ollie1', '/v/Ollie/Ollie1.mov'],
  ['b/clip.mp4', '/v/b/clip.mp4'],
  ['with space 2', '/v/x/with space 2.mp4'],
  ['with space 2.mp4, 1', '/v/x/with space 2.mp4'],
  ['"with space 2.mp4",1', '/v/x/with space 2.mp4'],
  ['with space 2.mp4\tbaking cookies', '/v/x/with space 2.mp4'],
  ['ollie/OLLIE1.MOV train', '/v/Ollie/Ollie1.mov'],
  ['x/with space 2 163 1', '/v/x/with space 2.mp4'],
  ['nai\u0308ve (1) #2 100%.mp4', '/v/x/naïve (1) #2 100%.mp4'],
])('the entry %j names its video', (entry, path) => {
  expect(matchList([{ entry, line: 1 }], videos)).toEqual({ paths: new Set([path]), unmatched: [] })
})

test('entries that name nothing, or two videos, are reported and match none', () => {
  const { paths, unmatched } = matchList(listEntries('Kickflip1\nclip.mp4\nOllie/Ollie1.mov'), videos)
  expect([...paths]).toEqual(['/v/Ollie/Ollie1.mov'])
  expect(unmatched).toEqual([
    { line: 1, reason: 'No video of this name is among those found.' },
    { line: 2, reason: '2 videos have this name. Write the folder before it.' },
  ])
})
