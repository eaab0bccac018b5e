import { expect, test } from 'vitest'
import Timeline from '@renderer/canvas/timeline/Timeline.vue'
import { mountPart } from '../../in-studio'

const box = { x1: 0, y1: 0, x2: 4, y2: 4 }
const keyframes = [{ frame: 2, box, outside: false, occluded: false }]
const own = { id: 'own', name: 'pole', slot: 0, keyframes, hidden: false, by: null }
const rows = [own, { ...own, id: 'hers', by: 'Ann' }]

function timeline() {
  return mountPart(Timeline, { frames: 16, frame: 0, rows, selected: null })
}

test('a row of somebody else bears their name and cannot be chosen; it can be hidden', async () => {
  const wrapper = timeline()
  const [mine, hers] = wrapper.findAll('[role=listitem]')
  expect(hers!.text()).toContain('Ann')
  await mine!.get('.head').trigger('click')
  await hers!.get('.head').trigger('click')
  expect(wrapper.emitted('select')).toEqual([['own']])
  await hers!.get('[aria-label="Hide pole of Ann"]').trigger('click')
  expect(wrapper.emitted('toggle')).toEqual([['hers']])
})

test('key frames of somebody else are not moved', () => {
  const [mine, hers] = timeline().findAll('button.key')
  expect(mine!.attributes('disabled')).toBeUndefined()
  expect(hers!.attributes('disabled')).toBeDefined()
})
