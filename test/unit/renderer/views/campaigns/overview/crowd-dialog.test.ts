import { beforeEach, describe, expect, test } from 'vitest'
import CrowdDialog from '@renderer/views/campaigns/overview/CrowdDialog.vue'
import { fakeStudio } from '../../../../../support/fake-api'
import { byRole, mountStudio } from '../../../../../support/mount-studio'

async function open(what: 'write' | 'bring') {
  const studio = fakeStudio()
  const props = { campaign: 'k0', what, modelValue: true }
  const mounted = await mountStudio(CrowdDialog, { studio, props })
  const inputOf = (label: string) =>
    [...mounted.page.querySelectorAll('input')].find((one) => one.closest('.v-input')?.textContent.includes(label))!
  const fill = async (label: string, text: string) => {
    const input = inputOf(label)
    input.value = text
    input.dispatchEvent(new Event('input'))
    await mounted.settle()
  }
  const tick = async (label: string) => {
    inputOf(label).click()
    await mounted.settle()
  }
  const press = async (name: string | RegExp) => {
    byRole(mounted.page, 'button', name).click()
    await mounted.settle()
  }
  const last = (name: string) => studio.calls.findLast((call) => call.name === name)?.input
  return { ...mounted, fill, tick, press, last }
}

describe('crowds', { timeout: 30_000 }, () => {
  beforeEach(() => (document.body.innerHTML = ''))

  test('pages and batch are written, and what was written is said', async () => {
    const { page, fill, tick, press, last } = await open('write')
    await fill('Folder to write into', '/tmp/batch')
    await fill('Where the films', 'https://x.invalid/clips/')
    await press('Write')
    const asked = { folder: '/tmp/batch', videosAt: 'https://x.invalid/clips/' }
    expect(last('crowds.write')).toMatchObject({ ...asked, pictures: true })
    expect(page.textContent).toContain('Wrote attributes.html for 4 clips into /tmp/batch.')
    expect(page.textContent).toContain('attributes.html has 70 kB; a question of Mechanical Turk takes 65 kB.')
    await tick('Pictures of words and guidelines')
    await press('Write')
    expect(last('crowds.write')).toMatchObject({ ...asked, pictures: false })
    expect(page.textContent).not.toContain('65 kB')
  })

  test('results are looked at first, then taken; decisions and bonuses go back', async () => {
    const { page, fill, press, last } = await open('bring')
    await fill('Results file or folder', '/tmp/results.csv')
    expect(byRole(page, 'button', 'Import').hasAttribute('disabled')).toBe(true)
    await press('Look first')
    expect(last('crowds.import')).toMatchObject({ path: '/tmp/results.csv', dryRun: true })
    expect(page.textContent).toContain('2 assignments of 3 workers: 12 answers, 0 objects')
    expect(page.textContent).toContain('1 rejected: kept for the numbers of their workers only')
    await press(/^Import$/)
    expect(last('crowds.import')).toMatchObject({ dryRun: false })
    await fill('Folder for decisions', '/tmp/back')
    await fill('Bonus', '0.05')
    await press('Write')
    expect(last('crowds.decide')).toMatchObject({ folder: '/tmp/back', reject: '', bonus: { amount: 0.05 } })
    expect(page.textContent).toContain('2 approved, 1 rejected, 0 bonuses, 3 workers in numbers: in /tmp/back.')
  })
})
