import { expect, test } from 'vitest'
import { ProjectPaths } from '@main/project/project-paths'

const paths = new ProjectPaths('/home/ann/study')

test.each([
  ['/home/ann/study/sources/a b.mp4', 'sources/a b.mp4'],
  ['/home/ann/study/..hidden/a.mp4', '..hidden/a.mp4'],
  ['/home/ann/study2/a.mp4', '/home/ann/study2/a.mp4'],
  ['/home/ann/a.mp4', '/home/ann/a.mp4'],
  ['/home/ann/study', '/home/ann/study'],
])('%s is kept as %s, and found again', (path, stored) => {
  expect(paths.stored(path)).toBe(stored)
  expect(paths.absolute(stored)).toBe(path)
})
