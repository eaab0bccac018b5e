import { expect, test } from 'vitest'
import type { Caution } from '@shared/contract/explanation'
import EvidenceCard from '@renderer/views/explain/EvidenceCard.vue'
import { aCard } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

function card(of: Parameters<typeof aCard>[1], cautions: Caution[] = []) {
  const props = { place: 1, video: null, colorSlot: 1, sampled: [0, 2, 4], largest: 4, selected: false, sameSet: false }
  return mountPart(EvidenceCard, { card: aCard(0, of), cautions, ...props })
}

test('a card says its attribute, the number it is ranked by, its score, its frames, and whether people assigned it', () => {
  const text = card({ score: 4.82, rank: -0.12, assigned: true }).text()
  expect(text).toContain('pole')
  expect(text).toContain('+4.82')
  expect(text).toContain('0–14')
  expect(text).toMatch(/−0\.12\s*weakest tube/)
  expect(text).toContain('assigned by a person')
})

test('evidence that is missing is said with its number, never left blank', () => {
  const wrapper = card({ score: -0.21, rank: -0.21, supported: false, assigned: false })
  expect(wrapper.text()).toContain('No evidence')
  expect(wrapper.text()).toContain('−0.21')
  expect(wrapper.text()).toContain('not assigned')
  expect(wrapper.get('button').classes()).toContain('none')
})

test('an attribute that came with the class is not said to be a person’s', () => {
  expect(card({ assigned: true, source: 'class' }).text()).toContain('assigned by its class')
})

test('words on few clips carry their count, and a weak model is said on the card', () => {
  const text = card({ trainedOn: 3 }, [{ title: 'weak classifier', text: 'Right on 81 %.' }]).text()
  expect(text).toContain('learned from 3 clips only')
  expect(text).toContain('weak classifier')
  expect(card({ trainedOn: 10 }).text()).not.toContain('learned from')
})

test('a score below the level of evidence says so with both numbers', () => {
  const text = card({ score: 1.2, supported: false, evidenceThreshold: 4.3 }).text()
  expect(text).toContain('it scores +1.20, evidence begins above +4.30')
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
