import { expect, test } from 'vitest'
import type { SecondAnswer } from '@shared/contract/explanation'
import SecondCard from '@renderer/views/explain/SecondCard.vue'
import { aCard, aSecondOpinion } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

function second(answer: SecondAnswer | null) {
  const props = { first: aCard(0), video: null, colorSlot: 1, sampled: [0, 2, 4], shown: false }
  return mountPart(SecondCard, { answer, ...props })
}

test('another way to ask says where it points, what it names, and how far the two tubes overlap', () => {
  const text = second({ opinion: aSecondOpinion(), reason: null }).text()
  expect(text).toContain('Grad-CAM of A minus B. It points to the same place, and names pole too.')
  expect(text).toMatch(/overlap\s*\.62/)
})

test('of a model whose layers are not known apart it says why there is none', () => {
  const text = second({ opinion: null, reason: 'There is no second opinion of this model.' }).text()
  expect(text).toContain('There is no second opinion of this model.')
  expect(text).not.toContain('Grad-CAM')
})

test('while it is asked nothing is said yet', () => {
  expect(second(null).text()).not.toContain('points')
})
