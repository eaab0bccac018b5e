import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uniqueNames } from '@main/library/video-names'

const file = (path: string) => ({ path, isFolder: false })
const names = (paths: string[], taken: string[] = []) => [...uniqueNames(paths.map(file), new Set(taken)).entries()]

test('a video is called after its file, whatever signs are in it', () => {
  expect(
    names(["/v/o'brien & co.mp4", '/v/100%25.mp4', '/v/hash#1.mov', '/v/👀.mp4', '/v/-lead.avi', '/v/a.b.c.mkv']),
  ).toEqual([
    ["/v/o'brien & co.mp4", "o'brien & co"],
    ['/v/100%25.mp4', '100%25'],
    ['/v/hash#1.mov', 'hash#1'],
    ['/v/👀.mp4', '👀'],
    ['/v/-lead.avi', '-lead'],
    ['/v/a.b.c.mkv', 'a.b.c'],
  ])
})

test('two forms of the same letters are one name', () => {
  expect(names(['/v/nai\u0308ve.mp4'])).toEqual([['/v/nai\u0308ve.mp4', 'na\u00efve']])
})

test('a folder of pictures is called after the whole folder name', () => {
  expect([...uniqueNames([{ path: '/v/run.2', isFolder: true }], new Set()).values()]).toEqual(['run.2'])
})

test('files of one name get the folders that tell them apart, and only those', () => {
  expect(names(['/v/a/clip.mp4', '/v/b/clip.mp4', '/v/b/other.mp4'])).toEqual(
    expect.arrayContaining([
      ['/v/a/clip.mp4', 'a/clip'],
      ['/v/b/clip.mp4', 'b/clip'],
      ['/v/b/other.mp4', 'other'],
    ]),
  )
  expect(names(['/v/x/a/clip.mp4', '/v/y/a/clip.mp4']).map(([, name]) => name)).toEqual(['x/a/clip', 'y/a/clip'])
  expect(names(['/v/clip.mp4', '/v/clip.avi']).map(([, name]) => name)).toEqual(['clip.mp4', 'clip.avi'])
  expect(names(['/v/b/clip.mp4'], ['clip']).map(([, name]) => name)).toEqual(['b/clip'])
})

test('names are always unique, among themselves and among those that are taken', () => {
  const part = fc.constantFrom('a', 'b', 'clip', 'clip (2)')
  const path = fc.tuple(part, part, part, fc.constantFrom('.mp4', '.avi')).map(([x, y, z, e]) => `/${x}/${y}/${z}${e}`)
  const some = fc.uniqueArray(path, { maxLength: 30 })
  fc.assert(
    fc.property(some, fc.array(part), (paths, taken) => {
      const all = [...uniqueNames(paths.map(file), new Set(taken)).values(), ...new Set(taken)]
      expect(all).toHaveLength(paths.length + new Set(taken).size)
      expect(new Set(all).size).toBe(all.length)
    }),
  )
})
