import { expect, test } from 'vitest'
import GuidePanel from '@renderer/views/annotate/GuidePanel.vue'
import { CampaignId, PictureId } from '@shared/ids'
import { anAttribute } from '../../../../support/fake-api'
import { mountPart } from '../../in-studio'

const guides = [{ id: CampaignId.parse('k'), name: 'Both feet', html: '<p>Look first.</p>' }]
const pole = anAttribute(0, { description: 'stands upright', picture: PictureId.parse('ab'.repeat(32)) })

function panel(props: object) {
  return mountPart(GuidePanel, { modelValue: true, guides: [], word: null, ...props })
}

test('a word with a picture is explained above the guidelines, and also where there are none', () => {
  const both = panel({ guides, word: pole })
  expect(both.text()).toContain('Both feet')
  expect(both.get('img').attributes('alt')).toBe('pole: stands upright')
  expect(both.text()).toContain('stands upright')
  expect(panel({ word: pole }).find('img').exists()).toBe(true)
})

test('without guidelines and words to tell there is no panel', () => {
  expect(
    panel({ word: anAttribute(1) })
      .find('section')
      .exists(),
  ).toBe(false)
  expect(
    panel({ guides, word: anAttribute(1) })
      .find('img')
      .exists(),
  ).toBe(false)
})

test('it can be put away', () => {
  expect(panel({ guides, word: pole, modelValue: false }).find('img').exists()).toBe(false)
})
