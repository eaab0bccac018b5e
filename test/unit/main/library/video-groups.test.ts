import { expect, test } from 'vitest'
import { groupOf, leakingGroups } from '@main/library/video-groups'

const video = (name: string, path = `/films/${name}.avi`) => ({ name, path })

test('clips of UCF are of the film that their name says', () => {
  const of = groupOf({ by: 'ucf' })
  expect(of(video('v_Basketball_g01_c03'))).toBe('v_Basketball_g01')
  expect(of(video('v_Basketball_g01_c04'))).toBe('v_Basketball_g01')
  expect(of(video('v_Biking_g01_c04'))).toBe('v_Biking_g01')
  expect(of(video('holiday'))).toBeNull()
})

test('a folder is a group, and so is what a regular expression finds', () => {
  expect(groupOf({ by: 'folder' })(video('a', '/data/person 3/a.mp4'))).toBe('person 3')
  expect(groupOf({ by: 'folder' })(video('a', 'C:\\data\\person 3\\a.mp4'))).toBe('person 3')
  expect(groupOf({ by: 'pattern', pattern: 'p(\\d+)' })(video('yoga_p12_tree'))).toBe('12')
  expect(groupOf({ by: 'pattern', pattern: 'p\\d+' })(video('yoga_p12_tree'))).toBe('p12')
  expect(groupOf({ by: 'name', name: ' one film ' })(video('a'))).toBe('one film')
  expect(groupOf({ by: 'none' })(video('a'))).toBeNull()
})

test('a pattern that is no regular expression is refused with the reason', () => {
  expect(() => groupOf({ by: 'pattern', pattern: '(' })).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
})

test('a group with videos on both sides leaks', () => {
  const on = (group: string | null, split: string | null) => ({ group, split })
  const videos = [
    on('a', 'train'),
    on('a', 'test'),
    on('b', 'train'),
    on('b', null),
    on(null, 'test'),
    on(null, 'train'),
  ]
  expect(leakingGroups(videos)).toEqual(['a'])
})
