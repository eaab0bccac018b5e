import { beforeAll, expect, test } from 'vitest'
import { JobId } from '@shared/ids'
import LibraryView from '@renderer/views/library/LibraryView.vue'
import { aJob } from '../../../../support/fake-api'
import { aDataReport } from '../../../../support/fake-interchange'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

beforeAll(() => everythingMeasures(1200, 800))

const imports = () => mountStudio(LibraryView, { props: { tab: 'imports' }, at: '/library/imports' })

test(
  'an import of annotations shows what it would do before it does it, and then what it did',
  { timeout: 30_000 },
  async () => {
    const { page, settle, studio } = await imports()
    byRole(page, 'button', 'Import annotations').click()
    await settle()
    const dialog = page.querySelector<HTMLElement>('.v-dialog')!
    const path = dialog.querySelector<HTMLInputElement>('input[placeholder="Paste its path"]')!
    path.value = '/data/labels.csv'
    path.dispatchEvent(new Event('input'))
    path.dispatchEvent(new Event('change'))
    await settle()
    expect(dialog.textContent).toContain('Answers (CSV) because its first line names the columns')
    expect(dialog.textContent).toContain('line 3 "maybe" is not one of')
    byRole(dialog, 'button', 'Leave out').click()
    await settle()
    const asked = studio.calls.filter(({ name }) => name === 'interchange.preview').at(-1)
    expect(asked?.input).toMatchObject({ path: '/data/labels.csv', plan: { videos: { 'clip 99': null } } })
    const choice = dialog.querySelector<HTMLElement>('input[aria-label="What the attribute pole means"]')!
    choice.closest('.v-field')!.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
    await settle()
    byRole(page, 'option', 'Leave out').click()
    await settle()
    const meant = studio.calls.filter(({ name }) => name === 'interchange.preview').at(-1)
    expect(meant?.input).toMatchObject({ plan: { attributes: { pole: null }, existing: 'keep' } })
    byRole(dialog, 'button', 'Import').click()
    await settle()
    expect(studio.calls.some(({ name }) => name === 'interchange.import')).toBe(true)
    const result = aDataReport({ dryRun: false, answers: 77, step: 5, person: 'Ann' })
    studio.work({ ...aJob(1, { kind: 'dataImport', state: 'done', result }), id: JobId.parse('data import') })
    await settle()
    expect(dialog.textContent).toContain('77')
    expect(page.querySelector('[aria-label="Imports"]')?.textContent).toContain('77 answers in 4 videos, as Ann')
    const older = aJob(2, { kind: 'dataImport', state: 'done', result: { ...result, step: 4 } })
    studio.work({ ...older, id: JobId.parse('older import') })
    await settle()
    const reports: string[] = []
    for (const entry of page.querySelectorAll<HTMLElement>('[aria-label="Imports"] button')) {
      entry.click()
      await settle()
      reports.push(page.querySelector('.imports .data')?.textContent ?? '')
    }
    expect(reports.filter((text) => text.includes('Undo the import'))).toHaveLength(1)
    expect(reports.filter((text) => text.includes('came after it'))).toHaveLength(1)
    byRole(dialog, 'button', 'Undo the import').click()
    await settle()
    expect(studio.calls.find(({ name }) => name === 'interchange.undo')?.input).toEqual({ step: 5 })
  },
)

test('an export says what the file does not hold before it is written, and asks whose answers', async () => {
  const { page, settle, studio } = await imports()
  byRole(page, 'button', 'Export annotations').click()
  await settle()
  const dialog = [...page.querySelectorAll<HTMLElement>('.v-dialog')].at(-1)!
  expect(dialog.textContent).toContain('The file does not hold')
  expect(dialog.textContent).toContain('undo')
  const choose = async (label: string, option: string) => {
    const field = [...dialog.querySelectorAll<HTMLElement>('.v-select')].find((one) => one.textContent.includes(label))!
    field.querySelector('.v-field')!.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
    await settle()
    byRole(page, 'option', option).click()
    await settle()
  }
  await choose('Whose answers', 'What one person says')
  const out = dialog.querySelector<HTMLInputElement>('input[placeholder^="path of the file"]')!
  out.value = '/tmp/all.jsonl'
  out.dispatchEvent(new Event('input'))
  await settle()
  expect(byRole(dialog, 'button', 'Export').hasAttribute('disabled')).toBe(true)
  await choose('Person', 'Ben')
  byRole(dialog, 'button', 'Export').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'interchange.export')?.input).toEqual({
    format: 'jsonl',
    options: {},
    out: '/tmp/all.jsonl',
    whose: 'one',
    person: 'ben',
  })
})

test('what can be said about a file of a format is asked: of one that is read, and of one that is written', async () => {
  const { page, settle, studio } = await imports()
  const last = (name: string) => studio.calls.filter((call) => call.name === name).at(-1)?.input
  const dialog = () => [...page.querySelectorAll<HTMLElement>('.v-dialog')].at(-1)!
  const type = async (field: HTMLInputElement, text: string) => {
    field.value = text
    field.dispatchEvent(new Event('input'))
    field.dispatchEvent(new Event('change'))
    await settle()
  }
  byRole(page, 'button', 'Import annotations').click()
  await settle()
  expect(dialog().querySelector('#setting-encoding')).toBeNull()
  await type(dialog().querySelector('input[placeholder="Paste its path"]')!, '/data/labels.csv')
  expect(dialog().querySelector('#setting-frames')).toBeNull()
  await type(dialog().querySelector('#setting-encoding')!, 'euc-kr')
  expect(last('interchange.preview')).toMatchObject({ plan: { options: { encoding: 'euc-kr' } } })
  await type(dialog().querySelector('#setting-encoding')!, 'auto')
  expect(last('interchange.preview')).toMatchObject({ plan: { options: {} } })
  byRole(dialog(), 'button', 'Cancel').click()
  await settle()

  byRole(page, 'button', 'Export annotations').click()
  await settle()
  expect(dialog().querySelector('#setting-encoding')).toBeNull()
  dialog()
    .querySelector('#setting-frames')!
    .closest('.v-field')!
    .dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
  await settle()
  byRole(page, 'option', 'keyframes').click()
  await settle()
  await type(dialog().querySelector('input[placeholder^="path of the file"]')!, '/tmp/all.jsonl')
  byRole(dialog(), 'button', 'Export').click()
  await settle()
  expect(last('interchange.export')).toMatchObject({ options: { frames: 'keyframes' } })
})
