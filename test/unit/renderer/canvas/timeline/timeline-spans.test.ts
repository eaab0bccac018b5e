import { expect, test } from 'vitest'
import TimelineSpans from '@renderer/canvas/timeline/TimelineSpans.vue'
import type { SpanRow } from '@renderer/canvas/timeline/span-row'
import { mountPart } from '../../in-studio'

const own: SpanRow = {
  ...{ id: 'pole', name: 'pole', slot: 0 },
  spans: [
    { id: 'a', from: 2, to: 5 },
    { id: 'b', from: 9, to: 9 },
  ],
}
const rows: SpanRow[] = [own, { ...own, id: 'hers', by: 'Ann', spans: [{ id: 'c', from: 0, to: 15 }] }]

/** The lane is 150 px wide in 16 frames: frame n stands at 10 n. */
function spans(shown = rows, current: string | null = null) {
  const wrapper = mountPart(TimelineSpans, { rows: shown, frames: 16, selected: null, current })
  for (const { element } of wrapper.findAll('.lane')) element.getBoundingClientRect = () => new DOMRect(0, 0, 150, 28)
  return wrapper
}

const at = (frame: number) => ({ clientX: frame * 10, button: 0, pointerId: 1 })

test('each span is a button that says from where to where, in a list of its own', () => {
  const wrapper = spans()
  expect(wrapper.get('[role=list]').attributes('aria-label')).toBe('Spans')
  expect(wrapper.findAll('.body').map((bar) => bar.attributes('aria-label'))).toEqual([
    'pole, seen from frame 2 to 5',
    'pole, seen in frame 9',
    'pole, seen from frame 0 to 15',
  ])
  const bars = wrapper.findAll('.bar').map(({ element }) => (element as HTMLElement).style.left)
  expect(bars.map((left) => Math.round(Number.parseFloat(left)))).toEqual([13, 60, 0])
})

test('a press selects a span and goes to that frame, on an end to the end; a key goes to where it begins', async () => {
  const wrapper = spans()
  const body = wrapper.get('.body')
  await body.trigger('pointerdown', at(4))
  await body.trigger('pointerup', at(4))
  await wrapper.get('.grip.to').trigger('pointerdown', at(5))
  await wrapper.get('.grip.to').trigger('pointerup', at(5))
  await body.trigger('click', { detail: 0 })
  expect(wrapper.emitted('select')).toEqual([['a'], ['a'], ['a']])
  expect(wrapper.emitted('jump')).toEqual([[4], [5], [2]])
  expect(wrapper.emitted('retime')).toBeUndefined()
})

test('an end is dragged; the bar stays where it was let go until that is saved', async () => {
  const wrapper = spans()
  const grip = wrapper.get('.grip.to')
  await grip.trigger('pointerdown', at(5))
  await grip.trigger('pointermove', at(7))
  expect(wrapper.get('.told').text()).toBe('2–7')
  await grip.trigger('pointerup', at(7))
  const [[span, ends, done]] = wrapper.emitted('retime') as [[string, object, () => void]]
  expect([span, ends]).toEqual(['a', { from: 2, to: 7 }])
  expect(wrapper.get('.told').text()).toBe('2–7')
  done()
  await wrapper.vm.$nextTick()
  expect(wrapper.find('.told').exists()).toBe(false)
})

test('a bar is dragged as a whole; let go where it was taken, or broken off, nothing is moved', async () => {
  const wrapper = spans()
  const body = wrapper.get('.body')
  const drag = async (...frames: number[]) => {
    await body.trigger('pointerdown', at(frames[0]!))
    for (const frame of frames.slice(1)) await body.trigger('pointermove', at(frame))
  }
  await drag(3, 6)
  await body.trigger('pointerup', at(6))
  expect(wrapper.emitted('retime')?.[0]?.slice(0, 2)).toEqual(['a', { from: 5, to: 8 }])
  ;(wrapper.emitted('retime')![0]![2] as () => void)()
  await drag(3, 6, 3)
  await body.trigger('pointerup', at(3))
  await drag(3, 6)
  await body.trigger('pointercancel')
  await body.trigger('pointerup', at(6))
  expect(wrapper.emitted('retime')).toHaveLength(1)
})

test('spans of somebody else bear their name, and are neither chosen nor moved', async () => {
  const [, hers] = spans().findAll('[role=listitem]')
  expect(hers!.text()).toContain('Ann')
  expect(hers!.get('.body').attributes('disabled')).toBeDefined()
  expect([hers!.find('.grip').exists(), hers!.find('button.knob').exists()]).toEqual([false, false])
})

test('the row of the current attribute says how to mark, has a button for it, and its lane goes to frames', async () => {
  const wrapper = spans([{ ...own, spans: [] }], 'pole')
  expect(wrapper.text()).toContain('From where to where it is seen')
  await wrapper.get('[aria-label="pole is seen from here"]').trigger('click')
  expect(wrapper.emitted('begin')).toEqual([['pole']])
  await wrapper.get('.lane').trigger('pointerdown', at(7))
  await wrapper.get('.lane').trigger('pointermove', at(8))
  await wrapper.get('.lane').trigger('pointerup', at(8))
  await wrapper.get('.lane').trigger('pointermove', at(12))
  expect(wrapper.emitted('jump')).toEqual([[7], [8]])
})
