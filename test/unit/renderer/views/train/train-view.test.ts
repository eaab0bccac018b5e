import { beforeAll, expect, test, vi } from 'vitest'
import { Failure } from '@shared/failures'
import { JobId } from '@shared/ids'
import TrainView from '@renderer/views/train/TrainView.vue'
import { type FakeStudio, aJob, aRun, fakeStudio } from '../../../../support/fake-api'
import { aTap } from '../../../../support/a-tap'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

beforeAll(() => everythingMeasures(1200, 800))

const train = (studio: FakeStudio, run?: string) =>
  mountStudio(TrainView, { studio, props: run ? { run } : {}, at: '/train' })

/** Studio with a finished classifier, "Run 1". */
function trained() {
  const studio = fakeStudio()
  studio.state.runs = [aRun(1, { headline: { bestTestAccuracy: 0.985 } })]
  return studio
}

test('without runs it says what a run is for, and the form is open at a classifier', async () => {
  const { page } = await train(fakeStudio())
  expect(page.textContent).toContain('No runs yet')
  expect(byRole(page, 'radio', 'Classifier').getAttribute('aria-checked')).toBe('true')
  expect(page.textContent).toContain('48 training videos, 16 test videos.')
})

test('the table shows state, model, data and accuracy of each run', async () => {
  const { page } = await train(trained())
  const cells = [...page.querySelectorAll('table[aria-label="Training runs"] tbody tr td')].map((c) =>
    c.textContent?.trim(),
  )
  expect(cells).toEqual([
    'done',
    'Run 1',
    'C3D-ResNet, width 64, 112 px',
    '600 train clips, 160 test',
    '0.985',
    '–',
    '–',
    '1 min',
  ])
})

test('a failed run tells its cause and remedy in its row', async () => {
  const studio = trained()
  const failure = { code: 'TRAINING_DIVERGED', message: '', data: { step: 12 } }
  studio.state.runs = [aRun(2, { state: 'failed', failure })]
  const { page } = await train(studio)
  expect(page.querySelector('table')?.textContent).toContain(
    'The loss is no longer a number, or has grown beyond use. Use the Recommended preset',
  )
})

test('a run is started with the settings of the form, and the next kind is an explanation', async () => {
  const studio = trained()
  const { page, settle } = await train(studio)
  byRole(page, 'button', 'New run').click()
  await settle()
  expect(byRole(page, 'radio', 'Explanation').getAttribute('aria-checked')).toBe('true')
  const steps = page.querySelector<HTMLInputElement>('#setting-steps')!
  steps.value = '40'
  steps.dispatchEvent(new Event('input'))
  await settle()
  expect(byRole(page, 'radio', 'Custom').getAttribute('aria-checked')).toBe('true')
  byRole(page, 'button', 'Start').click()
  await settle()
  const call = studio.calls.find(({ name }) => name === 'learning.start')
  expect(call?.input).toMatchObject({ kind: 'explainer', preset: 'Custom', config: { steps: 40, objective: 'min' } })
})

test('a classifier can begin with the weights of a finished one, and the run says so afterwards', async () => {
  const studio = trained()
  const { page, settle } = await train(studio)
  byRole(page, 'button', 'New run').click()
  await settle()
  byRole(page, 'radio', 'Classifier').click()
  await settle()
  page.querySelector<HTMLElement>('#start-from')!.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
  await settle()
  byRole(page, 'option', 'Run 1, test accuracy').click()
  await settle()
  byRole(page, 'button', 'Start').click()
  await settle()
  const call = studio.calls.find(({ name }) => name === 'learning.start')
  expect(call?.input).toMatchObject({ kind: 'classifier', startFrom: 'r1' })
})

test('the details of a run name the classifier it began with', async () => {
  const studio = trained()
  studio.state.runs = [aRun(2, { startFrom: studio.state.runs[0]!.id }), ...studio.state.runs]
  const { page } = await train(studio)
  expect(page.querySelector('.live header')?.textContent).toContain('begun with the weights of Run 1')
})

test('a setting outside its bounds is said at the field, and nothing can be started', async () => {
  const { page, settle } = await train(fakeStudio())
  const epochs = page.querySelector<HTMLInputElement>('#setting-epochs')!
  epochs.value = '0'
  epochs.dispatchEvent(new Event('input'))
  await settle()
  expect(epochs.closest('.setting')?.textContent).toMatch(/It takes a whole number, 1 to 1000\./)
  expect(byRole(page, 'button', 'Start').hasAttribute('disabled')).toBe(true)
})

test('a list is typed letter by letter: the comma stays, and so does the space within a name', async () => {
  const { page, settle } = await train(fakeStudio())
  page.querySelector<HTMLButtonElement>('button.more')!.click()
  await settle()
  for (const [key, text] of [
    ['widths', '8, 16, 32, 64'],
    ['classes', 'ball, pole + ball'],
  ] as const) {
    const field = page.querySelector<HTMLInputElement>(`#setting-${key}`)!
    for (let end = 1; end <= text.length; end++) {
      field.value = text.slice(0, end)
      field.dispatchEvent(new Event('input'))
      await settle()
      expect(field.value).toBe(text.slice(0, end))
    }
  }
})

test('data that cannot be trained on is said before the start', async () => {
  const studio = fakeStudio()
  studio.state.estimate.findings = [{ level: 'error', text: 'A class has no training videos.' }]
  const { page } = await train(studio)
  expect(page.textContent).toContain('A class has no training videos.')
  expect(byRole(page, 'button', 'Start').hasAttribute('disabled')).toBe(true)
})

test('the network that the settings make stands in the form: its grid, what a cell sees, its parameters', async () => {
  const studio = fakeStudio()
  const tap = aTap({ name: 'block4.conv2', rows: 8, cols: 8, receptiveField: { space: 30, time: 19 } })
  const layers = [{ name: 'stem', output: [16, 64, 64, 8], parameters: 664 }]
  studio.state.estimate.model = { layers, parameters: 60_032, multiplyAdds: 1_200_000_000, taps: [tap], warnings: [] }
  const { page, settle } = await train(studio)
  const panel = page.querySelector('[aria-label="The network"]')!
  expect(panel.textContent).toContain('grid 8 × 8, 60\u2009032 parameters')
  expect(panel.querySelector('table')).toBeNull()
  panel.querySelector('button')!.click()
  await settle()
  expect(panel.querySelector('[aria-label="Feature maps"]')?.textContent).toContain('30 of 64 px, all 16 frames')
  expect(panel.querySelector('[aria-label="Layers"]')?.textContent).toContain('16 × 64 × 64 × 8')
})

test('a start that is refused says why beside the button', async () => {
  const studio = fakeStudio()
  const { page, settle } = await train(studio)
  studio.refuse('learning.start', new Failure('TOO_FEW_CLASSES', { classes: ['Ollie'] }))
  byRole(page, 'button', 'Start').click()
  await settle()
  expect(page.textContent).toContain('A classifier needs at least two classes')
})

test('the command that starts the same run is copied', async () => {
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const { page, settle } = await train(fakeStudio())
  await vi.waitFor(() => byRole(page, 'button', 'Copy command').click(), { timeout: 10_000 })
  await settle()
  expect(written).toHaveBeenCalledWith('whynot train classifier --project /projects/shapeacts --preset Quick')
})

test('a running run shows its time left and can be stopped', async () => {
  const studio = trained()
  const progress = { label: 'training, epoch 2 of 6', done: 36, total: 100, secondsLeft: 372 }
  const job = aJob(5, { kind: 'classifier', progress })
  studio.state.jobs = [job]
  studio.state.runs = [aRun(3, { state: 'running', job: job.id, endedAt: null })]
  const { page, settle } = await train(studio)
  expect(page.textContent).toContain('36 %')
  expect(page.querySelector('.tiles')?.textContent).toContain('6 min left')
  byRole(page, 'button', 'Stop').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'jobs.cancel')?.input).toEqual({ id: 'j5' })
})

test('a running run can be paused', async () => {
  const studio = trained()
  const job = aJob(5, { kind: 'classifier' })
  studio.state.jobs = [job]
  studio.state.runs = [aRun(3, { state: 'running', job: job.id, endedAt: null })]
  const { page, settle } = await train(studio)
  byRole(page, 'button', 'Pause').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'jobs.pause')?.input).toEqual({ id: 'j5' })
})

test.each(['paused', 'interrupted'] as const)('a run that is %s can go on', async (state) => {
  const studio = trained()
  studio.state.jobs = [aJob(5, { kind: 'classifier', state })]
  studio.state.runs = [aRun(3, { state, job: studio.state.jobs[0]!.id })]
  const { page, settle } = await train(studio)
  byRole(page, 'button', 'Resume').click()
  await settle()
  expect(studio.calls.map(({ name }) => name)).toContain('jobs.resume')
})

test('what lies in a Redis that the studio does not know says so, and offers nothing that would be refused', async () => {
  const studio = trained()
  const failure = { code: 'JOB_ELSEWHERE', message: '', data: { job: 'j5' } }
  studio.state.runs = [aRun(3, { state: 'interrupted', job: JobId.parse('j5'), failure })]
  const { page } = await train(studio)
  expect(page.textContent).toContain('This work lies in a Redis, and the studio was started without it.')
  const buttons = [...page.querySelectorAll('.live button')].map((button) => button.textContent?.trim())
  expect(buttons).not.toContain('Resume')
  expect(buttons).not.toContain('Try again')
})

test('a run is trained again with what it was trained with, and the new one is shown', async () => {
  const studio = trained()
  const { page, settle } = await train(studio)
  byRole(page, 'button', 'Train it again').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'learning.again')?.input).toEqual({ id: 'r1' })
  expect(studio.state.runs.map(({ name }) => name)).toEqual(['Run 1 again', 'Run 1'])
})

test('a run is archived and brought back: the list leaves it out, and says how many it leaves out', async () => {
  const studio = trained()
  studio.state.runs = [aRun(2, { state: 'done', name: 'Newer' }), aRun(1, { state: 'done', name: 'Older' })]
  const { page, settle } = await train(studio)
  const names = () => [...page.querySelectorAll('.runs tbody b')].map((name) => name.textContent)
  byRole(page, 'button', 'Archive this run').click()
  await settle()
  expect(studio.state.runs.map(({ archived }) => archived)).toEqual([true, false])
  expect(names()).toEqual(['Older'])
  byRole(page, 'button', '1 archived').click()
  await settle()
  expect(names()).toEqual(['Newer', 'Older'])
  byRole(page, 'button', 'Bring this run back').click()
  await settle()
  expect(studio.state.runs.map(({ archived }) => archived)).toEqual([false, false])
})

test('a run is deleted only after asking', async () => {
  const studio = trained()
  const { page, settle } = await train(studio)
  byRole(page, 'button', 'Delete this run').click()
  await settle()
  expect(page.textContent).toContain('It frees 12 MB, with the explanation of it that goes too. This cannot be undone.')
  byRole(page, 'button', 'Delete Run 1').click()
  await settle()
  expect(studio.state.runs).toEqual([])
})

test('tags and a note of a run are written where they stand, and the table shows the tags', async () => {
  const studio = trained()
  const { page, settle } = await train(studio)
  const write = async (label: string, text: string) => {
    const field = page.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)!
    field.value = text
    field.dispatchEvent(new Event('input'))
    field.dispatchEvent(new Event('change'))
    await settle()
  }
  await write('Tags of this run', 'paper,  seed 1,')
  await write('Note on this run', 'The one to keep.')
  const said = studio.calls.filter(({ name }) => name === 'learning.describe').map(({ input }) => input)
  expect(said).toMatchObject([{ tags: ['paper', 'seed 1'] }, { note: 'The one to keep.' }])
  expect(page.querySelector('table[aria-label="Training runs"]')!.textContent).toContain('seed 1')
})
