import { expect, test } from 'vitest'
import EvidenceCard from '@renderer/views/explain/EvidenceCard.vue'
import { aCard } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

function card(of: Parameters<typeof aCard>[1]) {
  const props = { place: 1, video: null, colorSlot: 1, sampled: [0, 2, 4], largest: 4, selected: false }
  return mountPart(EvidenceCard, { card: aCard(0, of), ...props })
}

test('a card says its attribute, its signed score, its frames, and whether people assigned it', () => {
  const text = card({ score: 4.82, assigned: true }).text()
  expect(text).toContain('pole')
  expect(text).toContain('+4.82')
  expect(text).toContain('0–14')
  expect(text).toContain('assigned by people')
})

test('evidence that is missing is said with its number, never left blank', () => {
  const wrapper = card({ score: -0.21, supported: false, assigned: false })
  expect(wrapper.text()).toContain('No supporting evidence')
  expect(wrapper.text()).toContain('−0.21')
  expect(wrapper.text()).toContain('not assigned')
  expect(wrapper.get('button').classes()).toContain('none')
})

test('a click chooses the card', async () => {
  const wrapper = card({})
  await wrapper.get('button').trigger('click')
  expect(wrapper.emitted('choose')).toHaveLength(1)
})

test('a card says how surely its clip shows the attribute, and a runner-up that it is not seen', () => {
  expect(card({ presence: 0.97 }).text()).toContain('in this clip .97')
  expect(card({ presence: 0.06 }).text()).toContain('not seen here')
  const older = card({ presence: null })
  expect(older.find('.presence').exists()).toBe(false)
})
