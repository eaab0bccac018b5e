import { defineComponent, h } from 'vue'
import { expect, test, vi } from 'vitest'
import { useActionRegistry } from '@renderer/actions/action-registry'
import CommandPalette from '@renderer/shell/CommandPalette.vue'
import ProjectDialog from '@renderer/shell/ProjectDialog.vue'
import KeysDialog from '@renderer/shell/KeysDialog.vue'
import ScreenBoundary from '@renderer/shell/ScreenBoundary.vue'
import StatusBar from '@renderer/shell/StatusBar.vue'
import ToastStack from '@renderer/shell/ToastStack.vue'
import TourWalk from '@renderer/shell/TourWalk.vue'
import { matches, parts } from '@renderer/shell/palette-entries'
import { moveRegion } from '@renderer/shell/regions'
import { useNotices } from '@renderer/stores/notices'
import { useShell } from '@renderer/stores/shell'
import FolderPicker from '@renderer/components/FolderPicker.vue'
import { aJob, fakeStudio } from '../../../support/fake-api'
import { byRole, mountStudio } from '../../../support/mount-studio'

test('the status bar says folder, engine and that all is saved', async () => {
  const { page } = await mountStudio(StatusBar)
  expect(page.textContent).toContain('/projects/shapeacts')
  expect(page.textContent).toContain('TensorFlow 2.21, 2 cores')
  expect(page.textContent).toContain('All changes saved')
})

test('without a connection nothing is said to be saved, and what waits is counted', async () => {
  const lost = await mountStudio(StatusBar, { connection: { state: 'lost', pending: 2 } })
  expect(lost.page.textContent).toContain('Not saved: 2 edits wait for the studio')
  expect(lost.page.textContent).not.toContain('All changes saved')
  lost.wrapper.unmount()
  const idle = await mountStudio(StatusBar, { connection: { state: 'lost' } })
  expect(idle.page.textContent).not.toContain('All changes saved')
})

test('the number of problems follows the library', async () => {
  const studio = fakeStudio()
  const { page, settle } = await mountStudio(StatusBar, { studio })
  Object.assign(studio.state.project!, { problems: 3 })
  studio.change({ area: 'library', ids: [] })
  await expect.poll(() => settle().then(() => page.textContent)).toContain('3 problems')
})

test('the walk over the tour leads through five screens and can be left', async () => {
  const { page, router, settle } = await mountStudio(TourWalk)
  useShell().walk = 0
  await settle()
  expect(page.textContent).toContain('1 of 5')
  for (const screen of ['annotate', 'train', 'explain', 'review']) {
    byRole(page, 'button', 'Next').click()
    await settle()
    expect(router.currentRoute.value.name).toBe(screen)
  }
  byRole(page, 'button', 'Leave the walk').click()
  await settle()
  expect(page.textContent).not.toContain('of 5')
})

test('running work shows its share and time left, and is cancelled from its popover', async () => {
  const studio = fakeStudio()
  const { page, settle } = await mountStudio(StatusBar, { studio })
  const progress = { label: 'reading videos', done: 211, total: 480, secondsLeft: 60 }
  studio.work(aJob(1, { title: 'Checking frames', progress }))
  await settle()
  expect(page.textContent).toContain('44 %')
  expect(page.textContent).toContain('60 s left')
  byRole(page, 'button', 'Running work').click()
  await settle()
  byRole(page, 'button', 'Cancel Checking frames').click()
  await settle()
  expect(studio.calls.map(({ name }) => name)).toContain('jobs.cancel')
})

test('a fallback engine says why and offers the native one', async () => {
  const studio = fakeStudio()
  Object.assign(studio.state.engine, { backend: 'wasm', version: '4.22.0', reason: 'python3 is not on the PATH' })
  const { page, settle } = await mountStudio(StatusBar, { studio })
  byRole(page, 'button', 'Engine').click()
  await settle()
  expect(page.textContent).toContain('Python3 is not on the PATH.')
  byRole(page, 'button', 'Install TensorFlow').click()
  await settle()
  expect(studio.calls.map(({ name }) => name)).toContain('system.installEngine')
})

test('the palette finds commands, videos and attributes, and Enter opens the first', async () => {
  const run = vi.fn()
  const { page, router, settle } = await mountStudio(CommandPalette, { props: { modelValue: true } })
  useActionRegistry().add([{ id: 'x', name: 'Open the pole vault', group: 'Test', run }])
  const field = page.querySelector<HTMLInputElement>('input[role=combobox]')!
  field.value = 'pole'
  field.dispatchEvent(new Event('input'))
  await settle()
  expect(byRole(page, 'option', 'Open the pole vault').getAttribute('aria-selected')).toBe('true')
  byRole(page, 'option', /^pole/).click()
  await settle()
  expect(router.currentRoute.value).toMatchObject({ name: 'library', query: { attribute: 'a0' } })
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
  expect(run).toHaveBeenCalledOnce()
})

test('videos found by name open on the screen for labels', async () => {
  const { page, router, settle } = await mountStudio(CommandPalette, { props: { modelValue: true } })
  const field = page.querySelector<HTMLInputElement>('input[role=combobox]')!
  field.value = 'test_0003'
  field.dispatchEvent(new Event('input'))
  await vi.waitFor(() => byRole(page, 'option', 'test_0003').click(), { timeout: 10_000 })
  await settle()
  expect(router.currentRoute.value).toMatchObject({ name: 'annotate', params: { video: 'v3' } })
})

test('search words are found in any order and marked', () => {
  expect(matches('Go to Library', 'lib go')).toBe(true)
  expect(matches('Go to Library', 'train')).toBe(false)
  expect(parts('Show videos', 'vid')).toEqual([
    { text: 'Show ', marked: false },
    { text: 'vid', marked: true },
    { text: 'eos', marked: false },
  ])
})

test('the key map is made from the actions there are', async () => {
  const Both = defineComponent({
    setup() {
      useActionRegistry().add([
        { id: 'a', name: 'Everything', group: 'Everywhere', keys: ['Ctrl+K'], run: () => {} },
        { id: 'b', name: 'Only here', group: 'Library', keys: ['I'], run: () => {} },
        { id: 'c', name: 'Without a key', group: 'Library', run: () => {} },
      ])
      return () => h(KeysDialog, { modelValue: true })
    },
  })
  const { page } = await mountStudio(Both)
  expect([...page.querySelectorAll('.v-dialog section h3')].map((title) => title.textContent)).toEqual([
    'Library',
    'Everywhere',
  ])
  expect(page.textContent).toContain('Only here')
  expect(page.textContent).not.toContain('Without a key')
})

test('a packed project is unpacked: which zip first, then where to', async () => {
  const Both = defineComponent({ setup: () => () => h(ProjectDialog) })
  const { page, studio, settle } = await mountStudio(Both)
  useShell().choosing = 'unpack'
  await settle()
  byRole(page, 'button', 'all.zip').click()
  await settle()
  const name = [...page.querySelectorAll<HTMLInputElement>('input')].at(-1)!
  name.value = 'mine'
  name.dispatchEvent(new Event('input'))
  await settle()
  byRole(page, 'button', 'Unpack').click()
  await settle()
  const asked = studio.calls.find(({ name }) => name === 'project.unpack')?.input
  expect(asked).toEqual({ archive: expect.stringMatching(/all\.zip$/), path: expect.stringMatching(/mine$/) })
})

test('a screen that fails says so and can be shown again', async () => {
  let broken = true
  const Screen = defineComponent({
    render() {
      if (broken) throw new Error('no such picture')
      return h('p', 'all is well')
    },
  })
  const Around = defineComponent({ render: () => h(ScreenBoundary, null, { default: () => h(Screen) }) })
  const { page, settle } = await mountStudio(Around)
  expect(page.textContent).toContain('no such picture')
  broken = false
  byRole(page, 'button', 'Show the screen again').click()
  await settle()
  expect(page.textContent).toContain('all is well')
})

test('a notice goes after six seconds, but not under the pointer', async () => {
  const { page, settle } = await mountStudio(ToastStack)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const undo = vi.fn()
  useNotices().done('Set class on 3 videos', undo)
  await vi.advanceTimersByTimeAsync(100)
  const toast = page.querySelector('.toast')!
  toast.dispatchEvent(new Event('pointerenter'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(page.textContent).toContain('Set class on 3 videos')
  toast.dispatchEvent(new Event('pointerleave'))
  await vi.advanceTimersByTimeAsync(6100)
  vi.useRealTimers()
  await settle()
  expect(page.textContent).not.toContain('Set class on 3 videos')
})

test('Undo in a notice takes the edit back', async () => {
  const { page, settle } = await mountStudio(ToastStack)
  const undo = vi.fn()
  useNotices().done('Removed 2 videos', undo)
  await settle()
  byRole(page, 'button', 'Undo').click()
  expect(undo).toHaveBeenCalledOnce()
})

test('F6 moves the focus from region to region and round', () => {
  document.body.innerHTML =
    '<header data-region><button id="a"></button></header><main data-region tabindex="-1" id="b"></main>'
  const focused = () => document.activeElement?.id
  moveRegion(1)
  expect(focused()).toBe('a')
  moveRegion(1)
  expect(focused()).toBe('b')
  moveRegion(1)
  expect(focused()).toBe('a')
  moveRegion(-1)
  expect(focused()).toBe('b')
})

test('the folder dialog shows what is there and takes what is ticked', async () => {
  const chosen = vi.fn()
  const props = { modelValue: true, title: 'What to import', mode: 'several', act: 'Add', onChoose: chosen }
  const { page, settle } = await mountStudio(FolderPicker, { props })
  expect(page.textContent).toContain('films')
  byRole(page, 'checkbox', 'Take one.mp4').click()
  await settle()
  byRole(page, 'button', 'Add').click()
  await settle()
  expect(chosen).toHaveBeenCalledWith(['/home/one.mp4'])
})
