import { beforeAll, expect, test } from 'vitest'
import { ImportedModelConfig, ImportedModelSettings } from '@shared/config/imported-model'
import { Failure } from '@shared/failures'
import TrainView from '@renderer/views/train/TrainView.vue'
import { aTap } from '../../../../support/a-tap'
import { type FakeStudio, aRun, fakeStudio } from '../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

beforeAll(() => everythingMeasures(1200, 800))

/** The dialog, with a model in it that was looked at. */
async function looked(studio: FakeStudio = fakeStudio()) {
  const mounted = await mountStudio(TrainView, { studio, at: '/train' })
  const { page, settle } = mounted
  byRole(page, 'button', 'Import a model').click()
  await settle()
  type(page, 'Path of the model', '/models/model.json')
  await settle()
  byRole(page, 'button', 'Look at it').click()
  await settle()
  return mounted
}

function type(page: ParentNode, label: string, text: string): void {
  const field = page.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)!
  field.value = text
  field.dispatchEvent(new Event('input'))
}

const classes = (page: ParentNode) => page.querySelector<HTMLTextAreaElement>('#model-classes')!
const importButton = (page: ParentNode) => byRole(page, 'button', /^Import$/)
const imported = (studio: FakeStudio) => studio.calls.find(({ name }) => name === 'learning.importModel')?.input

test('a model is looked at: what it takes, which layers can be feature maps, the proposed ones ticked', async () => {
  const { page, studio } = await looked()
  expect(studio.calls.find(({ name }) => name === 'learning.inspectModel')?.input).toEqual({
    path: '/models/model.json',
    ...{ classOutput: '', frames: 0, size: 0 },
  })
  expect(page.textContent).toContain(
    'LayersModel (NTHWC): takes 16 frames of 64 × 64 px, puts out 8 values (probabilities)',
  )
  const maps = page.querySelector('[aria-label="Feature maps"]')!
  expect([...maps.querySelectorAll('li')].map((row) => row.textContent)).toEqual([
    'conv5_relu8 × 8, 32 channels',
    'conv4_relu8 × 8, 32 channels',
  ])
  expect([...maps.querySelectorAll('input')].map(({ checked }) => checked)).toEqual([true, true])
  expect(maps.textContent).toContain('2 other layers cannot be one')
})

test('as many classes as the project has are proposed in its order, to be checked', async () => {
  const { page, studio, settle } = await looked()
  expect(classes(page).value.split('\n')).toEqual(studio.state.classes.map(({ name }) => name))
  byRole(page, 'checkbox', 'conv4_relu').click()
  await settle()
  importButton(page).click()
  await settle()
  expect(imported(studio)).toMatchObject({
    ...{ path: '/models/model.json', taps: ['conv5_relu'], scale: 'auto', output: 'auto', createClasses: false },
    classes: studio.state.classes.map(({ name }) => name),
  })
})

test('names that do not fit are said, and nothing can be imported until they do', async () => {
  const { page, studio, settle } = await looked()
  classes(page).value = 'pole\nsurf'
  classes(page).dispatchEvent(new Event('input'))
  await settle()
  const fits = page.querySelector('[aria-label="Do the classes fit"]')!
  expect(fits.textContent).toContain('The model has 8 outputs, and 2 names are given.')
  expect(fits.textContent).toContain('The project has no class of this name: surf.')
  expect(fits.textContent).toContain('The model does not know')
  expect(importButton(page).hasAttribute('disabled')).toBe(true)
  expect(imported(studio)).toBeUndefined()
})

test('names the project lacks are made where a person says so', async () => {
  const { page, studio, settle } = await looked()
  const names = studio.state.classes.map(({ name }) => name)
  classes(page).value = ['surf', ...names.slice(1)].join('\n')
  classes(page).dispatchEvent(new Event('input'))
  await settle()
  expect(importButton(page).hasAttribute('disabled')).toBe(true)
  page.querySelector<HTMLInputElement>('[aria-label="Classes"] input[type=checkbox]')!.click()
  await settle()
  importButton(page).click()
  await settle()
  expect(imported(studio)).toMatchObject({ createClasses: true, classes: ['surf', ...names.slice(1)] })
})

test('a file that is no model says so in the dialog', async () => {
  const studio = fakeStudio()
  studio.refuse(
    'learning.inspectModel',
    new Failure('MODEL_UNFIT', { path: '/models/model.json', reason: 'It has no output.' }),
  )
  const { page } = await looked(studio)
  expect(page.textContent).toContain('This model cannot be explained as it is.')
  expect(page.textContent).toContain('It has no output.')
  expect(importButton(page).hasAttribute('disabled')).toBe(true)
})

test('an imported run shows what it is in the place of curves, and is nothing to begin training with', async () => {
  const studio = fakeStudio()
  const config = ImportedModelConfig.parse({
    ...ImportedModelSettings.parse({ taps: ['tap'] }),
    ...{ kind: 'imported', source: '/models/model.json', format: 'graph-model', size: 64, frames: 16 },
    ...{ output: 'logits', maps: [aTap({ receptiveField: { space: 30, time: 20 } })] },
  })
  const headline = { testAccuracy: 0.75, testConfidence: 0.9 }
  studio.state.runs = [aRun(1, { config, name: 'Theirs', preset: 'Imported', headline, trainVideos: 0 })]
  const { page, settle } = await mountStudio(TrainView, { studio, at: '/train' })
  const model = page.querySelector('[aria-label="The model"]')!
  expect(model.textContent).toContain('/models/model.json')
  expect(model.textContent).toContain('tap: 4 × 4 of 8 px, a cell sees 30 of 64 px, all 16 frames')
  expect(page.querySelector('.tiles')?.textContent).toContain('0.750')
  expect(page.querySelector('table')?.textContent).toContain('brought in, 64 px')
  byRole(page, 'button', 'New run').click()
  await settle()
  byRole(page, 'radio', 'Classifier').click()
  await settle()
  expect(page.querySelector('#start-from')).toBeNull()
})
