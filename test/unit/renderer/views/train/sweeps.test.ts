import { beforeAll, expect, test, vi } from 'vitest'
import TrainView from '@renderer/views/train/TrainView.vue'
import { parallelChart } from '@renderer/views/train/parallel-chart'
import { aRun, fakeStudio } from '../../../../support/fake-api'
import { aSweep } from '../../../../support/fake-sweeps'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

// The window of these tests has no canvas to draw on.
vi.mock('vue-echarts', () => ({ default: { render: () => null } }))
beforeAll(() => everythingMeasures(1200, 800))

const sweep = aSweep(1, {
  axes: [
    { field: 'learningRate', values: [0.0001, 0.1] },
    { field: 'optimizer', values: ['sgd', 'adam'] },
  ],
})
const settings = [
  [0.0001, 'sgd', 0.4],
  [0.1, 'sgd', 0.9],
  [0.1, 'adam', 0.7],
] as const
const members = settings.map(([learningRate, optimizer, validationAccuracy], i) =>
  aRun(i + 1, {
    ...{ name: `sweep 1.${i + 1}`, sweep: sweep.id, config: { learningRate, optimizer } },
    headline: { validationAccuracy, testAccuracy: validationAccuracy - 0.05 },
  }),
)

function swept() {
  const studio = fakeStudio()
  studio.state.sweeps = [sweep]
  studio.state.runs = [aRun(9, { name: 'alone' }), ...members.toReversed()]
  return studio
}
const names = (page: HTMLElement) =>
  [...page.querySelectorAll('table[aria-label="Training runs"] tbody tr td:nth-child(2)')].map((cell) =>
    cell.textContent?.trim().replace(/\s+/g, ' '),
  )

test('a sweep is one row that opens to its runs, and shows its best number', async () => {
  const { page, settle } = await mountStudio(TrainView, { studio: swept(), at: '/train' })
  expect(names(page)).toEqual(['alone', 'sweep 13 runs'])
  expect(page.querySelector('table')?.textContent).toContain('Learning rate 0.0001, 0.1; Optimiser SGD, Adam')
  expect(page.querySelector('table')?.textContent).toContain('0.900')
  const toggle = byRole(page, 'button', 'Runs of sweep 1')
  toggle.click()
  await settle()
  expect(names(page)).toEqual(['alone', 'sweep 13 runs', 'sweep 1.1', 'sweep 1.2', 'sweep 1.3'])
  expect(toggle.getAttribute('aria-expanded')).toBe('true')
})

test('a chosen sweep shows its settings and results, the best run named, and goes to a run from its table', async () => {
  const { page, router, settle } = await mountStudio(TrainView, { studio: swept(), at: '/train?sweep=s1' })
  await settle()
  const panel = page.querySelector('section[aria-label="sweep 1"]')!
  expect(panel.textContent).toContain('3 runs: Learning rate 0.0001, 0.1; Optimiser SGD, Adam')
  expect(panel.querySelector('dl')?.textContent).toMatch(/Best validation accuracy\s*0\.900\s*sweep 1\.2/)
  expect(panel.querySelector('tr.selected')?.textContent).toContain('sweep 1.2')
  ;[...panel.querySelectorAll<HTMLElement>('tbody tr')].at(2)?.click()
  await settle()
  expect(router.currentRoute.value.params.run).toBe('r3')
})

test('a sweep is deleted with its runs, after it was asked', async () => {
  const studio = swept()
  const { page, settle } = await mountStudio(TrainView, { studio, at: '/train?sweep=s1' })
  await settle()
  byRole(page, 'button', 'Delete this sweep').click()
  await settle()
  expect(page.textContent).toContain('Delete sweep 1 with its 3 runs?')
  byRole(page, 'button', 'Delete sweep 1').click()
  await settle()
  expect(studio.state.runs.map(({ name }) => name)).toEqual(['alone'])
})

test('the picture has an axis per setting and number, a line per run, and the best one in front', () => {
  const option = parallelChart(sweep, members, 'dark') as {
    parallelAxis: { name: string; type: string; data?: string[] }[]
    series: { data: { name: string; value: unknown[]; lineStyle: { width?: number } }[] }[]
  }
  expect(option.parallelAxis.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'Learning rate log',
    'Optimiser category',
    'Validation accuracy value',
    'Test accuracy value',
  ])
  const lines = option.series[0]!.data
  expect(lines.map(({ name }) => name)).toEqual(['sweep 1.1', 'sweep 1.3', 'sweep 1.2'])
  expect(lines.at(-1)).toMatchObject({ value: [0.1, 'SGD', 0.9, expect.closeTo(0.85)], lineStyle: { width: 3 } })
  expect(parallelChart(sweep, [aRun(1, { sweep: sweep.id, state: 'queued' })], 'dark')).toBeNull()
})

test.each([
  ['log', [0.003, 0.01, 0.03, 0.1]],
  ['value', [4, 8, 16]],
  ['value', [0, 0.5]],
  ['value', [1, 6, 7, 8, 10]],
])('a %s axis for %j', (scale, values) => {
  const of = { ...sweep, axes: [{ field: 'learningRate', values }] }
  const runs = values.map((learningRate, i) =>
    aRun(i, { sweep: of.id, config: { learningRate }, headline: { bestTestAccuracy: 0.5, testAccuracy: 0.5 } }),
  )
  const { parallelAxis } = parallelChart(of, runs, 'dark') as { parallelAxis: { type: string }[] }
  expect(parallelAxis[0]?.type).toBe(scale)
})

test('a sweep that goes on is paused as a whole', async () => {
  const studio = swept()
  studio.state.runs = [...studio.state.runs, aRun(8, { sweep: sweep.id, state: 'queued', headline: {} })]
  const { page, settle } = await mountStudio(TrainView, { studio, at: '/train?sweep=s1' })
  await settle()
  byRole(page, 'button', 'Pause all').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'sweeps.pause')?.input).toEqual({ id: 's1' })
})

async function withForm() {
  const studio = fakeStudio()
  const mounted = await mountStudio(TrainView, { studio, at: '/train' })
  byRole(mounted.page, 'button', 'Vary a setting: several runs').click()
  await mounted.settle()
  const type = async (text: string) => {
    const field = mounted.page.querySelector<HTMLInputElement>('input[aria-label="Values of setting 1"]')!
    field.value = text
    field.dispatchEvent(new Event('input'))
    await mounted.settle()
  }
  return { ...mounted, studio, type }
}

test('the form varies a setting: it counts the runs, and starts them as one sweep', async () => {
  const { studio, page, type, settle } = await withForm()
  expect(byRole(page, 'button', 'Start').hasAttribute('disabled')).toBe(true)
  await type('0.01, 0.1, 1')
  expect(page.textContent).toContain('3 runs as one sweep')
  byRole(page, 'button', 'Start 3 runs').click()
  await settle()
  const call = studio.calls.find(({ name }) => name === 'sweeps.start')
  expect(call?.input).toMatchObject({
    start: { kind: 'classifier' },
    axes: [{ field: 'learningRate', values: [0.01, 0.1, 1] }],
    plan: { method: 'grid', stopping: 'off' },
  })
  expect(page.querySelector('section[aria-label="sweep 50"]')).not.toBeNull()
})

test('a value that the setting does not take is said at the field, and nothing can be started', async () => {
  const { page, type } = await withForm()
  await type('0.01, 99')
  expect(page.textContent).toMatch(/It takes a number, above 0, at most 10\./)
  expect(byRole(page, 'button', 'Start').hasAttribute('disabled')).toBe(true)
  await type('0..1 log')
  expect(page.textContent).toContain('A log scale begins above 0.')
})
