import { beforeAll, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { PersonId, SessionId } from '@shared/ids'
import SettingsView from '@renderer/views/settings/SettingsView.vue'
import { fakeStudio } from '../../../../support/fake-api'
import { aPerson } from '../../../../support/fake-people'
import { byRole, mountStudio } from '../../../../support/mount-studio'
import { everythingMeasures } from '../../../../support/window-size'

beforeAll(() => everythingMeasures(1200, 800))

const browser = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
const ann = () =>
  aPerson({
    ...{ id: PersonId.parse('ann'), name: 'Ann', role: 'annotator' },
    sessions: [{ id: SessionId.parse('s1'), kind: 'browser', name: browser, createdAt: 0, seenAt: 0 }],
  })

async function settings(studio = fakeStudio()) {
  return mountStudio(SettingsView, { studio, at: '/settings' })
}

test('an owner invites somebody, and sees the link this one time', async () => {
  const { page, studio, settle } = await settings()
  const field = page.querySelector<HTMLInputElement>('[aria-label="Name of a person"]')!
  field.value = 'Bea'
  field.dispatchEvent(new Event('input'))
  await settle()
  byRole(page, 'button', 'Invite').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'people.add')?.input).toEqual({ name: 'Bea', role: 'annotator' })
  expect(page.querySelector<HTMLInputElement>('[aria-label="link"]')?.value).toContain('/?token=secret-of-bea')
  byRole(page, 'button', 'Done').click()
  await settle()
  expect(page.querySelector('[aria-label="link"]')).toBeNull()
  expect(page.querySelector('[aria-label="People"]')?.textContent).toContain('Bea')
})

test('a browser is told by its name, and its session ends by a click', async () => {
  const studio = fakeStudio()
  studio.state.people.push(ann())
  const { page, settle } = await settings(studio)
  const ways = page.querySelector('[aria-label="Links and sessions of Ann"]')!
  expect(ways.textContent).toContain('Chrome on Linux')
  byRole(ways, 'button', 'End').click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'people.endSession')?.input).toEqual({ id: 's1' })
  expect(ways.textContent).not.toContain('Chrome')
})

test('nobody but an owner sees the list', async () => {
  const studio = fakeStudio()
  studio.state.me = { ...owner, id: PersonId.parse('ann'), role: 'annotator' }
  const { page } = await settings(studio)
  expect(page.querySelector('#people-title')).toBeNull()
  expect(studio.calls.some(({ name }) => name === 'people.list')).toBe(false)
})
