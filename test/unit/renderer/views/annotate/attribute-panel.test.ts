import { expect, test } from 'vitest'
import AttributePanel from '@renderer/views/annotate/AttributePanel.vue'
import { attributeRows } from '@renderer/views/annotate/attribute-rows'
import { anAttribute } from '../../../../support/fake-api'
import { mountPart } from '../../in-studio'

const attributes = [anAttribute(0, { name: 'pole' }), anAttribute(1, { name: 'ball' })]
const rows = attributeRows({
  attributes,
  labels: [{ attribute: attributes[1]!.id, value: 'present', source: 'class', annotator: null }],
  tracks: [],
})

function panel() {
  return mountPart(AttributePanel, { rows, current: null })
}

test('the switch shows the answer, who gave it, and that a box is missing', () => {
  const text = panel().text()
  expect(text).toContain('1 of 2 answered')
  expect(text).toContain('no box yet')
  expect(text).toContain('copied from the class')
  expect(panel().get('[aria-label="ball present"]').attributes('aria-checked')).toBe('true')
})

test('a click on a value answers, a click on the one chosen takes it back', async () => {
  const wrapper = panel()
  await wrapper.get('[aria-label="pole unsure"]').trigger('click')
  await wrapper.get('[aria-label="ball present"]').trigger('click')
  expect(wrapper.emitted('answer')).toEqual([
    [attributes[0]!.id, 'unsure'],
    [attributes[1]!.id, null],
  ])
})

test('a search without a find says so', async () => {
  const wrapper = panel()
  await wrapper.get('input').setValue('zebra')
  expect(wrapper.text()).toContain('No attribute has “zebra”')
})
