import { expect, test } from 'vitest'
import { classOf } from '@main/library/class-of'

test.each([
  ['/v/Kickflip/Kickflip30.mov', 'Kickflip30', 'Kickflip'],
  ['/v/x.avi', 'v_Basketball_g01_c01', 'Basketball'],
  ['/v/x.avi', 'brush_hair_12', 'brush'],
  ['/v/x.avi', 'прыжок7', 'прыжок'],
  ['/v/x.avi', '007', null],
])('%s called %s is of the class %s by its name', (path, name, wanted) => {
  expect(classOf(path, name, 'name')).toBe(wanted)
})

test('by its folder a video is of the class that folder is called, by neither of none', () => {
  expect(classOf('/v/High jump/a.mp4', 'a', 'folder')).toBe('High jump')
  expect(classOf('/v/ Jump /a.mp4', 'a', 'folder')).toBe('Jump')
  expect(classOf('/v/High jump/a.mp4', 'a', 'none')).toBeNull()
})
