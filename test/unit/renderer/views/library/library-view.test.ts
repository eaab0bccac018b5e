import { type Component, defineComponent, h } from 'vue'
import { beforeAll, expect, test, vi } from 'vitest'
import { Failure } from '@shared/failures'
import { useActionKeys } from '@renderer/actions/action-registry'
import { useLibrary } from '@renderer/stores/library'
import { useNotices } from '@renderer/stores/notices'
import LibraryView from '@renderer/views/library/LibraryView.vue'
import { type FakeStudio, aJob, fakeStudio } from '../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

/** A window of 1200 x 800, as a virtual list must have a size to draw anything. */
beforeAll(() => everythingMeasures(1200, 800))

const library = (studio: FakeStudio, tab = 'videos') =>
  mountStudio(LibraryView, { studio, props: { tab }, at: `/library/${tab}` })
const tiles = (page: HTMLElement) => [...page.querySelectorAll<HTMLElement>('[role=listbox] [role=option]')]
const tile = (page: HTMLElement, i: number) => tiles(page)[i]!

/** The component with the shell's keys round it. */
function withKeys(component: Component): Component {
  return defineComponent({ setup: () => (useActionKeys(), () => h(component)) })
}

test('an empty library says what belongs there and offers the import', async () => {
  const { page } = await library(fakeStudio({ videos: 0 }))
  expect(page.textContent).toContain('No videos yet')
  expect(byRole(page, 'button', 'Import videos')).toBeTruthy()
})

test('while the first videos are still coming, it says how far that is', async () => {
  const studio = fakeStudio({ videos: 0 })
  const progress = { label: 'reading videos', done: 3, total: 6, secondsLeft: 12 }
  studio.state.jobs = [aJob(1, { kind: 'tour', title: 'Making the quick tour', progress })]
  const { page } = await library(studio)
  expect(page.textContent).toContain('Making the quick tour')
  expect(page.textContent).toContain('reading videos, 10 s left')
})

test('a library that cannot be read says why and tries again', async () => {
  const studio = fakeStudio()
  studio.refuse('library.videos', new Failure('DATABASE_BUSY', { path: '/projects/shapeacts' }))
  const { page, settle } = await library(studio)
  await vi.waitFor(() => expect(page.textContent).toContain('Another studio is writing to this project.'))
  byRole(page, 'button', 'Read again').click()
  await settle()
  expect(tiles(page).length).toBeGreaterThan(0)
})

test('of 100,000 videos only those in view are drawn', async () => {
  const { page } = await library(fakeStudio({ videos: 100_000 }))
  await vi.waitFor(() => expect(page.textContent).toContain('100\u2009000 videos'), 20_000)
  await vi.waitFor(() => expect(tiles(page).length).toBeGreaterThan(10), 20_000)
  expect(tiles(page).length).toBeLessThan(150)
}, 60_000)

test('a facet leaves the videos it counts', async () => {
  const { page, settle } = await library(fakeStudio())
  byRole(page, 'checkbox', 'test').click()
  await settle()
  expect(page.textContent).toContain('16 videos')
  expect(tiles(page)).toHaveLength(16)
})

test('several videos get a class at once, and the notice offers the way back', async () => {
  const { page, studio, settle } = await library(fakeStudio())
  tile(page, 1).click()
  tile(page, 3).dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))
  await settle()
  expect(page.querySelector('[role=toolbar]')?.textContent).toContain('3 selected')
  byRole(page.querySelector('[role=toolbar]')!, 'button', 'Class').click()
  await settle()
  const entry = [...page.querySelectorAll<HTMLElement>('.v-list-item')].find(
    (item) => item.textContent?.trim() === 'ball',
  )
  entry?.click()
  await settle()
  const call = studio.calls.find(({ name }) => name === 'library.setClass')
  expect(call?.input).toEqual({ videos: ['v1', 'v2', 'v3'], class: 'c2' })
})

test('the card of a video shows its facts and answers attributes', async () => {
  const { page, studio, settle } = await library(fakeStudio())
  tile(page, 3).click()
  await settle()
  const card = page.querySelector('aside[aria-label="Video test_0003"]')
  expect(card?.textContent).toContain('16 frames verified')
  expect(card?.textContent).toContain('no box yet')
  byRole(card!, 'button', 'flag').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'library.setAttribute')?.input).toEqual({
    ...{ videos: ['v3'], attribute: 'a3', value: null },
  })
})

test('Ctrl+Z in the library takes back the last edit and says which', async () => {
  const { wrapper, studio, settle } = await mountStudio(withKeys(LibraryView), { at: '/library' })
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }))
  await settle()
  expect(studio.calls.map(({ name }) => name)).toContain('library.undo')
  expect(useNotices().notices.at(-1)?.text).toBe('Undone: Set class of 2 videos')
  expect(wrapper.exists()).toBe(true)
})

test('the statistics open exactly the videos that a cell counts', async () => {
  const { page, router, settle } = await library(fakeStudio(), 'statistics')
  byRole(page, 'button', '8 videos of pole with pole').click()
  await settle()
  expect(router.currentRoute.value.params.tab).toBe('videos')
  expect(useLibrary().filter).toMatchObject({ classes: ['c1'], attributes: ['a0'] })
})

test('a word of the vocabulary is renamed where it stands', async () => {
  const { page, studio, settle } = await library(fakeStudio(), 'vocabulary')
  const field = page.querySelector<HTMLInputElement>('input[aria-label="Name of pole"]')!
  field.value = 'post'
  field.dispatchEvent(new Event('input'))
  field.dispatchEvent(new Event('change'))
  await settle()
  expect(studio.state.attributes[0]?.name).toBe('post')
  expect(useNotices().notices.at(-1)).toMatchObject({ text: 'Changed the attribute post', action: { name: 'Undo' } })
})

test('deleting a word that is in use asks first and names what goes with it', async () => {
  const { page, studio, settle } = await library(fakeStudio(), 'vocabulary')
  byRole(page, 'button', 'Delete ball').click()
  await settle()
  expect(page.textContent).toContain('It is assigned in 12 videos and boxed in 3.')
  expect(studio.state.attributes).toHaveLength(8)
  byRole(page.querySelector('.v-dialog')!, 'button', 'Delete ball').click()
  await settle()
  expect(studio.state.attributes).toHaveLength(7)
})

test('a new class appears in the list', async () => {
  const { page, studio, settle } = await library(fakeStudio(), 'vocabulary')
  const field = page.querySelector<HTMLInputElement>('input[aria-label="Name of the new class"]')!
  field.value = 'Ollie'
  field.dispatchEvent(new Event('input'))
  await settle()
  field.form?.dispatchEvent(new Event('submit'))
  await settle()
  expect(studio.state.classes.at(-1)?.name).toBe('Ollie')
  expect(page.querySelector('input[aria-label="Name of Ollie"]')).toBeTruthy()
})

test('arrows and Enter find and open a video without the mouse', async () => {
  const { page, router, settle } = await mountStudio(withKeys(LibraryView), { at: '/library' })
  const press = (key: string) =>
    (document.activeElement ?? page).dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    )
  tile(page, 0).focus()
  press('ArrowRight')
  await settle()
  press('ArrowRight')
  await settle()
  expect(document.activeElement?.textContent).toMatch(/ball.*train_0002/s)
  press('Enter')
  await settle()
  expect(router.currentRoute.value).toMatchObject({ name: 'annotate', params: { video: 'v2' } })
})

test('an import shows what would be found before it starts', async () => {
  const { page, studio, settle } = await library(fakeStudio())
  byRole(page, 'button', /^Import\s*I$/).click()
  await settle()
  const field = page.querySelector<HTMLInputElement>('input[aria-label="Path to add"]')!
  field.value = '/films/kickflip.mov'
  field.dispatchEvent(new Event('input'))
  await settle()
  field.form?.dispatchEvent(new Event('submit'))
  await settle()
  const preview = page.querySelector('section[aria-label="Preview"]')
  expect(preview?.textContent).toContain('will be read')
  expect(preview?.textContent).toContain('Not a video.')
  expect(studio.calls.some(({ name }) => name === 'library.import')).toBe(false)
  byRole(page.querySelector('.v-dialog')!, 'button', 'Import 1').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'library.import')?.input).toMatchObject({
    ...{ paths: ['/films/kickflip.mov'], classFrom: 'folder' },
  })
})

test('the report of an import stays, with a reason for each file that was refused', async () => {
  const studio = fakeStudio()
  const row = { video: null, frames: 0, rotateClockwise: 0, width: 0, height: 0, duplicate: false }
  const rows = [{ ...row, path: '/films/a.mp4', status: 'failed' as const, reason: 'The file is empty.' }]
  studio.state.jobs = [aJob(1, { state: 'done', result: { rows, imported: 0, damaged: 0, failed: 1, duplicate: 0 } })]
  const { page } = await library(studio, 'imports')
  expect(page.textContent).toContain('1 unreadable')
  expect(page.textContent).toContain('The file is empty.')
})

test('an import that was interrupted can go on', async () => {
  const studio = fakeStudio()
  studio.state.jobs = [aJob(1, { state: 'interrupted' })]
  const { page, settle } = await library(studio, 'imports')
  byRole(page, 'button', 'Resume').click()
  await settle()
  expect(studio.calls.map(({ name }) => name)).toContain('jobs.resume')
})

test('headers sort, and turn the order round when they are clicked again', async () => {
  const { page, studio, settle } = await library(fakeStudio())
  byRole(page, 'button', 'Show as a table').click()
  await settle()
  const header = () => [...page.querySelectorAll<HTMLElement>('[role=columnheader]')][5]!
  for (const [order, direction] of [
    ['ascending', 'up'],
    ['descending', 'down'],
  ] as const) {
    header().querySelector('button')!.click()
    await settle()
    expect(header().getAttribute('aria-sort')).toBe(order)
    const asked = studio.calls.findLast(({ name }) => name === 'library.videos')
    expect(asked?.input).toMatchObject({ sort: 'frames', direction })
  }
  byRole(page, 'button', 'Show as pictures').click()
})

test('all that match are chosen without naming them, answered by digits, and Escape closes the menu alone', async () => {
  const { page, studio, settle } = await mountStudio(withKeys(LibraryView), { at: '/library' })
  const press = (key: string, more = {}) =>
    (document.activeElement ?? page).dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
    )
  byRole(page, 'checkbox', 'test').click()
  await settle()
  press('a', { ctrlKey: true })
  await settle()
  expect(page.querySelector('[role=toolbar]')?.textContent).toContain('16 selected')
  byRole(page.querySelector('[role=toolbar]')!, 'button', 'Attributes').click()
  await settle()
  expect(byRole(page, 'button', 'ball: present').getAttribute('aria-pressed')).toBe('false')
  expect(byRole(page, 'button', 'flag: present').getAttribute('aria-pressed')).toBe('mixed')
  press('2', { code: 'Digit2', altKey: true })
  await settle()
  expect(studio.calls.findLast(({ name }) => name === 'library.setAttribute')?.input).toMatchObject({
    ...{ videos: { filter: { splits: ['test'] }, except: [] }, attribute: 'a1', value: 'unsure' },
  })
  press('Escape')
  await settle()
  expect(page.querySelector('[role=toolbar]')?.textContent).toContain('16 selected')
})

test('lists beside the videos are offered, taken when asked, and forgotten by the next import', async () => {
  const { page, studio, settle } = await library(fakeStudio())
  const begin = async () => {
    byRole(page, 'button', /^Import\s*I$/).click()
    await settle()
    const field = page.querySelector<HTMLInputElement>('input[aria-label="Path to add"]')!
    field.value = '/films'
    field.dispatchEvent(new Event('input'))
    await settle()
    field.form?.dispatchEvent(new Event('submit'))
    await settle()
  }
  const asked = () => studio.calls.findLast(({ name }) => name === 'library.preview')?.input
  await begin()
  expect(asked()).toMatchObject({ trainList: undefined })
  byRole(page.querySelector('.v-dialog')!, 'button', 'trainlist01.txt for train').click()
  await settle()
  expect(asked()).toMatchObject({ trainList: '/films/trainlist01.txt' })
  byRole(page.querySelector('.v-dialog')!, 'button', 'Cancel').click()
  await settle()
  await begin()
  expect(asked()).toMatchObject({ trainList: undefined })
})
