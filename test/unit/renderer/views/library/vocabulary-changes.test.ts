import { expect, test } from 'vitest'
import LibraryView from '@renderer/views/library/LibraryView.vue'
import { fakeStudio } from '../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../support/mount-studio'

test('a word is split into finer ones after what that reaches was said', async () => {
  const { page, studio, settle } = await mountStudio(LibraryView, { props: { tab: 'vocabulary' } })
  byRole(page, 'button', 'More for pole').click()
  await settle()
  const item = [...page.querySelectorAll<HTMLElement>('.v-list-item')].find((one) => one.textContent?.includes('Split'))
  item!.click()
  await settle()
  expect(page.textContent).toContain('12 videos, 9 answers, 3 tracks are looked at')
  expect(page.textContent).toContain('1 run learned it and keeps its own copy: Run 1')
  const field = page.querySelector<HTMLInputElement>('.v-dialog input')!
  field.value = 'flag pole, lamp pole'
  field.dispatchEvent(new Event('input'))
  await settle()
  page.querySelector<HTMLFormElement>('.v-dialog form')!.requestSubmit()
  await settle()
  const split = studio.calls.find(({ name }) => name === 'vocabulary.splitAttribute')
  expect(split?.input).toMatchObject({ names: ['flag pole', 'lamp pole'] })
})

test('an empty vocabulary offers some to begin with', async () => {
  const studio = fakeStudio()
  studio.state.attributes = []
  const { page, settle } = await mountStudio(LibraryView, { studio, props: { tab: 'vocabulary' } })
  expect(page.textContent).toContain('What one person does with body, arms and legs')
  byRole(page, 'button', 'Sports').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'vocabulary.adopt')?.input).toEqual({ name: 'sports' })
  expect([...page.querySelectorAll<HTMLInputElement>('.attributes .name')].map(({ value }) => value)).toContain(
    'hurdle',
  )
})
