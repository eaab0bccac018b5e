import { expect, test } from 'vitest'
import IouSlider from '@renderer/views/review/IouSlider.vue'
import { mountPart } from '../../in-studio'

function slider() {
  const bins = [
    { hits: 0, failures: 3 },
    { hits: 5, failures: 0 },
  ]
  return mountPart(IouSlider, { bins, hits: 125, failures: 35, unlabelled: 4, about: 'volume', modelValue: 0.3 })
}

test('the slider is a real one that says where it stands in words', () => {
  const range = slider().get('input[type=range]')
  expect(range.attributes('aria-valuetext')).toBe('IoU 0.30: 125 hits, 35 failures')
})

test('moving it tells at once', async () => {
  const wrapper = slider()
  await wrapper.get('input').setValue('0.45')
  expect(wrapper.emitted('update:modelValue')?.[0]).toEqual([0.45])
})

test('both counts open their list', async () => {
  const wrapper = slider()
  for (const button of wrapper.findAll('button')) await button.trigger('click')
  expect(wrapper.emitted('show')).toEqual([['hits'], ['failures']])
})
