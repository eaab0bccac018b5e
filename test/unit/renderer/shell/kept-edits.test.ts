import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { type RefusedEdit } from '@renderer/connection/api'
import KeptEdits from '@renderer/shell/KeptEdits.vue'
import StatusBar from '@renderer/shell/StatusBar.vue'
import { Failure } from '@shared/failures'
import { fakeStudio } from '../../../support/fake-api'
import { type MountedStudio, byRole, mountStudio } from '../../../support/mount-studio'

const both = defineComponent({ setup: () => () => [h(KeptEdits), h(StatusBar)] })
const edit = (name: string, call = 'createClass'): RefusedEdit => ({
  path: ['library', call],
  input: { name },
  folder: '/projects/shapeacts',
  at: 1,
})
const gone = () => new Failure('PROJECT_GONE', { path: '/projects/shapeacts' })

let mounted: MountedStudio
beforeEach(() => localStorage.clear())
afterEach(() => mounted.wrapper.unmount())

const open = async (refused: RefusedEdit[], studio = fakeStudio()) =>
  (mounted = await mountStudio(both, { studio, connection: { refused } }))
const said = () => mounted.page.textContent?.replace(/\s+/g, ' ') ?? ''
const made = () => mounted.studio.calls.filter(({ name }) => name === 'library.createClass').map(({ input }) => input)
const press = async (name: string) => {
  byRole(mounted.page, 'button', name).click()
  await mounted.settle()
}

test('nothing is said while everything is saved', async () => {
  await open([])
  expect(said()).toContain('All changes saved')
  expect(said()).not.toContain('folder is gone')
})

test('edits that could not be written are named, outlive the window, and are written in their order when the folder is back', async () => {
  await open([edit('Kickflip'), edit('Heelflip')])
  expect(said()).toContain('2 changes could not be saved and are kept')
  expect(said()).toContain('2 changes not saved')
  mounted.wrapper.unmount()
  await open([])
  await press('It is back: save them')
  expect(made()).toEqual([{ name: 'Kickflip' }, { name: 'Heelflip' }])
  expect(said()).toContain('All changes saved')
  expect(said()).not.toContain('could not be saved')
})

test('while the folder is still gone they stay as they are', async () => {
  await open([edit('Kickflip'), edit('Heelflip')])
  mounted.studio.refuse('library.createClass', gone())
  await press('It is back: save them')
  expect(made()).toEqual([{ name: 'Kickflip' }])
  expect(said()).toContain('2 changes could not be saved and are kept')
})

test('one that is refused for a reason of its own holds up no other', async () => {
  await open([edit('Kickflip'), edit('Heelflip')])
  mounted.studio.refuse('library.createClass', new Failure('NAME_TAKEN', { kind: 'class', name: 'Kickflip' }))
  await press('It is back: save them')
  expect(made()).toHaveLength(2)
  expect(said()).toContain('1 change could not be saved and is kept')
})

test('the owner saves the project elsewhere, and they are written there', async () => {
  await open([edit('Kickflip')])
  await press('Save the project elsewhere')
  const field = [...mounted.page.querySelectorAll<HTMLInputElement>('input')].at(-1)
  field!.value = 'rescued'
  field!.dispatchEvent(new Event('input'))
  await mounted.settle()
  mounted.page.querySelector('form')!.dispatchEvent(new Event('submit'))
  await mounted.settle()
  expect(mounted.studio.calls).toContainEqual({ name: 'project.saveElsewhere', input: { path: '/home/rescued' } })
  expect(made()).toEqual([{ name: 'Kickflip' }])
})

test('somebody else in this browser does not see them, and an annotator is not offered to move the project', async () => {
  await open([edit('Kickflip')])
  mounted.wrapper.unmount()
  const studio = fakeStudio()
  studio.state.me = { ...studio.state.me, id: 'ann' as typeof studio.state.me.id, name: 'Ann', role: 'annotator' }
  await open([edit('Heelflip')], studio)
  expect(said()).toContain('1 change could not be saved')
  expect(said()).not.toContain('Save the project elsewhere')
})

test('they are thrown away only after a question', async () => {
  await open([edit('Kickflip')])
  await press('Discard')
  expect(said()).toContain('Discard what was not saved?')
  const sure = ([...mounted.page.querySelectorAll('[role=alertdialog] button')] as HTMLElement[]).at(-1)
  sure!.click()
  await mounted.settle()
  expect(said()).toContain('All changes saved')
})
