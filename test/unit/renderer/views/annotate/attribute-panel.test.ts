import { expect, test, vi } from 'vitest'
import AttributePanel from '@renderer/views/annotate/AttributePanel.vue'
import { PersonId, PictureId } from '@shared/ids'
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

test('a vocabulary that was not read yet is not called empty', () => {
  expect(mountPart(AttributePanel, { rows: [], current: null, known: false }).text()).not.toContain('is empty')
  expect(mountPart(AttributePanel, { rows: [], current: null }).text()).toContain('The vocabulary is empty')
})

test('letters and Enter answer the first attribute they find, and the field is left', async () => {
  const wrapper = panel()
  await wrapper.get('input').setValue('bal')
  await wrapper.get('input').trigger('keydown', { key: 'Enter', shiftKey: true })
  expect(wrapper.emitted('find')).toEqual([[attributes[1]!.id, 'absent']])
  expect(wrapper.get('input').element.value).toBe('')
})

test('a search without a find says so', async () => {
  const wrapper = panel()
  await wrapper.get('input').setValue('zebra')
  expect(wrapper.text()).toContain('No attribute has “zebra”')
})

test("what other people said stands under one's own answer, with their names", async () => {
  const [ann, rita] = [PersonId.parse('ann'), PersonId.parse('rita')]
  const pole = attributes[0]!.id
  const withOthers = attributeRows({
    ...{ attributes, labels: [], tracks: [] },
    others: {
      people: [
        { id: ann, name: 'Ann' },
        { id: rita, name: 'Rita' },
      ],
      labels: [
        { attribute: pole, value: 'present', source: 'person', annotator: ann },
        { attribute: pole, value: 'absent', source: 'person', annotator: rita },
      ],
    },
  })
  const wrapper = mountPart(AttributePanel, { rows: withOthers, current: null, allPeople: true })
  const said = wrapper.get('[aria-label="pole, said by others"]').findAll('li')
  expect(said.map((one) => one.text().replace(/\s+/g, ' '))).toEqual(['Ann present', 'Rita absent'])
  expect(wrapper.find('[aria-label="ball, said by others"]').exists()).toBe(false)
  await wrapper.get('header button').trigger('click')
  expect(wrapper.emitted('people')).toHaveLength(1)
})

test('who may not see the others is offered no switch', () => {
  expect(panel().find('header button').exists()).toBe(false)
})

test('a name that is pointed at or has the focus tells what the word means, with its picture', async () => {
  const picture = PictureId.parse('ab'.repeat(32))
  const words = [anAttribute(0, { description: 'stands upright', picture }), anAttribute(1)]
  const wrapper = mountPart(AttributePanel, {
    rows: attributeRows({ attributes: words, labels: [], tracks: [] }),
    current: null,
  })
  const [pole, ball] = wrapper.findAll('button.name')
  const card = () => document.querySelector<HTMLElement>('.word-card')
  for (const [come, go] of [
    ['mouseenter', 'mouseleave'],
    ['focus', 'blur'],
  ]) {
    await pole!.trigger(come!)
    await vi.waitFor(() => expect(card()?.textContent).toContain('stands upright'))
    const image = card()!.querySelector('img')!
    expect(image.getAttribute('src')).toBe(`/media/pictures/${picture}.webp`)
    expect(image.alt).toBe('pole: stands upright')
    await pole!.trigger(go!)
    await vi.waitFor(() => expect(card()?.querySelector('img') ?? null).toBeNull())
  }
  await ball!.trigger('mouseenter')
  expect(card()?.textContent ?? '').not.toContain('ball')
  expect([pole!.attributes('title'), ball!.attributes('title')]).toEqual([undefined, 'ball'])
  wrapper.unmount()
})
