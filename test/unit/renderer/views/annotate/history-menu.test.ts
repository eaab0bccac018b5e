import { expect, test } from 'vitest'
import { useAnnotation } from '@renderer/stores/annotation'
import HistoryMenu from '@renderer/views/annotate/HistoryMenu.vue'
import { aVideo } from '../../../../support/fake-api'
import { mountStudio } from '../../../../support/mount-studio'

test('what was done is listed, newest first, with where one is; a click asks for the way back', async () => {
  const back: number[] = []
  const props = { modelValue: true, onBack: (step: number) => back.push(step) }
  const { settle } = await mountStudio(HistoryMenu, { props })
  await useAnnotation().open(aVideo(0).id)
  await settle()
  const items = [...document.querySelectorAll<HTMLElement>('[aria-label="What you did in this video"] .v-list-item')]
  expect(items.map((item) => item.querySelector('.v-list-item-title')?.textContent)).toEqual([
    ...['Set box at frame 4', 'Begin a track of pole', 'Answer ball', 'The beginning'],
  ])
  expect(items[0]?.textContent).toContain('taken back')
  expect(items.findIndex((item) => item.getAttribute('aria-current') === 'step')).toBe(1)
  items[2]?.click()
  items[3]?.click()
  expect(back).toEqual([1, 0])
})
