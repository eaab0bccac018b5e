import { beforeAll, expect, test, vi } from 'vitest'
import TrainView from '@renderer/views/train/TrainView.vue'
import { aRun, fakeStudio } from '../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

// Charts are drawn on a canvas, which this window does not have.
vi.mock('vue-echarts', () => ({ default: { render: () => null } }))

beforeAll(() => everythingMeasures(1200, 800))

test('other runs are chosen from a menu that stays, up to five, and their curves are read', async () => {
  const studio = fakeStudio()
  studio.state.runs = Array.from({ length: 8 }, (_, i) => aRun(i, { name: `Run ${i}` }))
  for (const { id } of studio.state.runs)
    studio.state.points.set(id, [{ step: 1, epoch: 1, at: 1, values: { loss: 1, testAccuracy: 0.5 } }])
  const { page, settle } = await mountStudio(TrainView, { studio, props: {}, at: '/train' })
  byRole(page, 'button', 'Compare').click()
  await settle()
  const items = () => [...page.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')]
  const checked = () => items().map((item) => item.getAttribute('aria-checked') === 'true')
  expect(checked()).toEqual(Array.from({ length: 7 }, () => false))
  for (const item of items()) {
    item.click()
    await settle()
  }
  expect(checked()).toEqual([true, true, true, true, true, false, false])
  expect(byRole(page, 'button', 'beside 5 runs')).toBeTruthy()
  const read = studio.calls.filter(({ name }) => name === 'learning.metrics')
  expect(new Set(read.map(({ input }) => (input as { id: string }).id)).size).toBe(6)
  items()[0]!.click()
  await settle()
  expect(checked()).toEqual([false, true, true, true, true, false, false])
  page.querySelector<HTMLElement>('[role=menuitem]')!.click()
  await settle()
  expect(checked()).not.toContain(true)
})
