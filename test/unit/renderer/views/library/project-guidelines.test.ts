import { beforeEach, expect, test, vi } from 'vitest'
import { owner } from '@shared/actor'
import ProjectGuidelines from '@renderer/views/library/ProjectGuidelines.vue'
import { fakeStudio } from '../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../support/mount-studio'

beforeEach(() => {
  document.body.innerHTML = ''
})

async function editor(role: 'owner' | 'annotator' = 'owner', markdown = 'Look first.') {
  const studio = fakeStudio()
  studio.state.me = { ...owner, role }
  studio.state.guidelines = { markdown, html: `<p>${markdown}</p>` }
  const mounted = await mountStudio(ProjectGuidelines, { studio })
  const field = mounted.page.querySelector('textarea')!
  const type = (text: string) => {
    field.value = text
    field.dispatchEvent(new Event('input'))
  }
  const kept = () =>
    studio.calls.flatMap(({ name, input }) =>
      name === 'project.setGuidelines' ? [input as { markdown: string; gesture: string }] : [],
    )
  return { ...mounted, field, type, kept }
}

test('what is written is kept as it is typed, in one step, and shown beside it as it is read', async () => {
  const { field, type, kept, page } = await editor()
  expect(field.value).toBe('Look first.')
  type('Look twice.')
  await vi.waitFor(() => expect(kept().map(({ markdown }) => markdown)).toEqual(['Look twice.']))
  await vi.waitFor(() => expect(page.querySelector('.preview')?.textContent).toContain('Look twice.'))
  type('Look three times.')
  field.dispatchEvent(new Event('blur'))
  await vi.waitFor(() => expect(kept()).toHaveLength(2))
  expect(new Set(kept().map(({ gesture }) => gesture)).size).toBe(1)
})

test('what was typed last is kept though one leaves at once', async () => {
  const { type, kept, wrapper } = await editor()
  type('Look twice.')
  wrapper.unmount()
  await vi.waitFor(() => expect(kept().map(({ markdown }) => markdown)).toEqual(['Look twice.']))
})

test('what somebody else wrote, or an undo, shows; what is being typed stays', async () => {
  const { field, type, studio, settle } = await editor()
  studio.state.guidelines = { markdown: 'Before.', html: '<p>Before.</p>' }
  studio.change({ area: 'guidelines', ids: [] })
  await settle()
  expect(field.value).toBe('Before.')
  type('Mine')
  studio.state.guidelines = { markdown: 'Theirs.', html: '<p>Theirs.</p>' }
  studio.change({ area: 'guidelines', ids: [] })
  await settle()
  expect(field.value).toBe('Mine')
})

test('a heading is made for each word that has none', async () => {
  const { page, field, settle } = await editor('owner', '## pole\n\nIt stands.')
  byRole(page, 'button', 'Heading for each word').click()
  await settle()
  expect(field.value.match(/^## pole$/gm)).toHaveLength(1)
  expect(field.value).toContain('## ball\n\nPresent when ')
})

test('a picture is added where the cursor stands', async () => {
  const { page, field } = await editor()
  const input = page.querySelector<HTMLInputElement>('input[type=file]')!
  Object.defineProperty(input, 'files', { value: [new File(['abc'], 'a.png')] })
  input.dispatchEvent(new Event('change'))
  await vi.waitFor(() => expect(field.value).toContain('![](picture:p)'))
})

test('who only answers reads them', async () => {
  const { field, page } = await editor('annotator')
  expect(field.readOnly).toBe(true)
  expect(page.querySelector('input[type=file]')).toBeNull()
})
