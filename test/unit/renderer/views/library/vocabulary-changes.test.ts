import { beforeEach, expect, test, vi } from 'vitest'
import LibraryView from '@renderer/views/library/LibraryView.vue'
import { fakeStudio } from '../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../support/mount-studio'

beforeEach(() => {
  document.body.innerHTML = ''
})

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

/** The dialog of the first word's picture, open. */
async function pictured() {
  const mounted = await mountStudio(LibraryView, { props: { tab: 'vocabulary' } })
  byRole(mounted.page, 'button', 'Picture of pole').click()
  await mounted.settle()
  const given = () =>
    mounted.studio.calls.filter(({ name }) => name === 'vocabulary.setPicture').map(({ input }) => input)
  const said = () => mounted.page.querySelector('.v-dialog [role=alert]')?.textContent
  return { ...mounted, given, said, place: mounted.page.querySelector<HTMLElement>('.v-dialog .place')! }
}

/** An event with files, as a drop or a paste brings them. */
function withFiles(kind: 'drop' | 'paste', files: File[]): Event {
  const data = { files, getData: () => '' }
  const event = new Event(kind, { bubbles: true, cancelable: true })
  return Object.assign(event, kind === 'drop' ? { dataTransfer: data } : { clipboardData: data })
}

const aFile = new File(['abc'], 'pole.png', { type: 'image/png' })
const abc = { from: { base64: btoa('abc') } }

test('a picture is chosen as a file, dropped or pasted, and is then shown with the word for its text', async () => {
  const { page, place, given, settle } = await pictured()
  place.dispatchEvent(withFiles('drop', [aFile]))
  await vi.waitFor(() => expect(given()).toMatchObject([abc]))
  window.dispatchEvent(withFiles('paste', [aFile]))
  await vi.waitFor(() => expect(given()).toMatchObject([abc, abc]))
  const input = page.querySelector<HTMLInputElement>('.v-dialog input[type=file]')!
  Object.defineProperty(input, 'files', { value: [aFile] })
  input.dispatchEvent(new Event('change'))
  await vi.waitFor(() => expect(given()).toHaveLength(3))
  await settle()
  expect(page.querySelector<HTMLImageElement>('.v-dialog .place img')?.alt).toBe('pole')
  expect(page.querySelector('.attributes .thumb img')).not.toBeNull()
})

test('a picture is taken away by its button', async () => {
  const { page, place, given, studio, settle } = await pictured()
  place.dispatchEvent(withFiles('drop', [aFile]))
  await vi.waitFor(() => expect(given()).toHaveLength(1))
  await settle()
  byRole(page, 'button', 'Remove the picture').click()
  await settle()
  expect(studio.calls.some(({ name }) => name === 'vocabulary.removePicture')).toBe(true)
  expect(page.querySelector('.v-dialog .place img')).toBeNull()
})

test('what is no file, or too large a one, is refused with what to do', async () => {
  const { place, given, said, settle } = await pictured()
  place.dispatchEvent(withFiles('drop', []))
  await settle()
  expect(said()).toContain('Choose a PNG, JPEG or WebP file')
  const large = Object.defineProperty(new File(['x'], 'huge.png'), 'size', { value: 10_000_001 })
  place.dispatchEvent(withFiles('drop', [large]))
  await settle()
  expect(said()).toContain('huge.png is larger than 10 MB')
  expect(given()).toEqual([])
})
