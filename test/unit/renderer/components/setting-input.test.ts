import { expect, test } from 'vitest'
import { EvaluationConfig } from '@shared/config/evaluation'
import { settingFields } from '@shared/config/setting-words'
import SettingInput from '@renderer/components/SettingInput.vue'
import { mountPart } from '../in-studio'

const field = (key: string) => settingFields(EvaluationConfig).find((one) => one.key === key)!

test('a choice shows its words and hands on its value', async () => {
  const wrapper = mountPart(SettingInput, { field: field('pairs'), modelValue: 'remove1' })
  expect(wrapper.text()).toContain('remove one')
  expect(wrapper.text()).not.toContain('remove1')
  const select = wrapper.getComponent({ name: 'VSelect' })
  expect(select.props('items')).toContainEqual({ title: 'likeliest negatives', value: 'top' })
  select.vm.$emit('update:modelValue', 'all')
  expect(wrapper.emitted('update:modelValue')).toEqual([['all']])
})

test('several choices show the words of each', () => {
  const wrapper = mountPart(SettingInput, { field: field('baselines'), modelValue: ['randomTube', 'gradCam'] })
  expect(wrapper.text()).toContain('random tube')
  expect(wrapper.text()).toContain('Grad-CAM')
  expect(wrapper.text()).not.toContain('randomTube')
})
