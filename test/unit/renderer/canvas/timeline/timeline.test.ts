import { expect, test } from 'vitest'
import Timeline from '@renderer/canvas/timeline/Timeline.vue'
import { rowHeight } from '@renderer/canvas/timeline/row-window'
import type { TimelineRow } from '@renderer/canvas/timeline/timeline-row'
import { mountPart } from '../../in-studio'

const box = { x1: 0, y1: 0, x2: 4, y2: 4 }
const keyframes = [{ frame: 2, box, outside: false, occluded: false }]
const own = { id: 'own', name: 'pole', slot: 0, keyframes, hidden: false, by: null }
const rows = [own, { ...own, id: 'hers', by: 'Ann' }]

function timeline(shown: readonly TimelineRow[] = rows) {
  return mountPart(Timeline, { frames: 16, frame: 0, rows: shown, selected: null })
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

test('of hundreds of tracks only the rows that are seen stand, and each says which of how many it is', async () => {
  const wrapper = timeline(Array.from({ length: 300 }, (_, i) => ({ ...own, id: `track ${i}`, name: `track ${i}` })))
  const names = () => wrapper.findAll('[role=listitem]').map((row) => row.text())
  expect(names().length).toBeLessThan(20)
  expect(names()[0]).toBe('track 0')
  const list = wrapper.get('.rows')
  list.element.scrollTop = 200 * rowHeight
  await list.trigger('scroll')
  expect(names()).toContain('track 200')
  expect(names()).not.toContain('track 0')
  const row = wrapper.findAll('[role=listitem]').find((one) => one.text() === 'track 200')
  expect(row?.attributes()).toMatchObject({ 'aria-posinset': '201', 'aria-setsize': '300' })
})

test('actors stand apart: under a line, with a figure in the place of a colour', () => {
  const actor = { ...own, id: 'actor', name: 'actor', slot: null, isActor: true }
  const [pole, first, second] = timeline([own, actor, { ...actor, id: 'other actor' }]).findAll('[role=listitem]')
  expect([pole, first, second].map((row) => row!.classes('begins'))).toEqual([false, true, false])
  expect([pole, first].map((row) => row!.find('.actor').exists())).toEqual([false, true])
})
