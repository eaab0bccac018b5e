import { expect, test } from 'vitest'
import QuestionBar from '@renderer/views/explain/QuestionBar.vue'
import { mountStudio } from '../../../../support/mount-studio'

test('before the model has answered there is no question yet, and none about "no class"', async () => {
  const props = { classes: [], alike: [], pos: null, neg: null, cards: [], sameSet: false, slotOf: () => null }
  const { page } = await mountStudio(QuestionBar, { props })
  expect(page.textContent).not.toContain('no class')
  expect(page.textContent).toContain('Asking the model')
})
