import { beforeAll, expect, test } from 'vitest'
import TrainView from '@renderer/views/train/TrainView.vue'
import { type FakeStudio, fakeStudio } from '../../../../support/fake-api'
import { aMachine } from '../../../../support/fake-machines'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'
import { JobId } from '@shared/ids'

beforeAll(() => everythingMeasures(1400, 800))

const open = (studio: FakeStudio) => mountStudio(TrainView, { studio, props: {}, at: '/train?tab=workers' })
const shared = () => {
  const studio = fakeStudio()
  studio.state.isShared = true
  return studio
}
const cells = (page: Element) =>
  [...page.querySelectorAll('table[aria-label="Workers"] tbody td')].map((cell) => cell.textContent?.trim())

test('without a Redis it says that this machine does the work, and how to share it', async () => {
  const { page } = await open(fakeStudio())
  expect(page.textContent).toContain('This machine does all the work')
  expect(page.textContent).toContain('whynot serve --redis')
})

test('before the first worker the command that starts one is there', async () => {
  const { page } = await open(shared())
  expect(page.textContent).toContain('No worker yet')
  const command = page.querySelector<HTMLInputElement>('input[aria-label="Command that starts a worker"]')
  expect(command?.value).toContain('--token t')
})

test('a worker is shown with its machine, what it does and how far it is', async () => {
  const studio = shared()
  const job = { id: JobId.parse('j1'), title: 'Training classifier 1', run: null }
  const progress = { label: 'training, epoch 2 of 4', done: 6, total: 10, secondsLeft: null }
  studio.state.machines = [aMachine(1, { state: 'busy', job, progress, since: Date.now() - 61_000 })]
  const { page } = await open(studio)
  expect(cells(page).slice(0, 3)).toEqual(['busy', 'worker 1', 'lab-01'])
  expect(cells(page)[6]).toContain('Training classifier 1')
  expect(cells(page)[6]).toContain('60 %')
  expect(page.textContent).toContain('1 on 1 machine: 1 busy')
})

test('one is drained, and takes work again', async () => {
  const studio = shared()
  studio.state.machines = [aMachine(1)]
  const { page, settle } = await open(studio)
  byRole(page, 'button', 'Drain worker 1').click()
  await settle()
  expect(cells(page)[0]).toBe('draining')
  byRole(page, 'button', 'Let take work worker 1').click()
  await settle()
  expect(cells(page)[0]).toBe('idle')
})

test('one that was not let in says why, and can be taken off the list', async () => {
  const studio = shared()
  studio.state.machines = [aMachine(1, { state: 'refused', reason: 'This worker is of another version.' })]
  const { page, settle } = await open(studio)
  expect(page.textContent).toContain('This worker is of another version.')
  byRole(page, 'button', 'Forget').click()
  await settle()
  expect(page.textContent).toContain('No worker yet')
})
