import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { openWindow } from './window'

const here = inject('studio') !== null
/** A busy machine takes its time. */
const soon = { timeout: 20_000 }

const named = (page: Page) => page.getByRole('heading', { level: 1 })
const queue = (page: Page) => page.getByRole('group', { name: 'Queue' })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** Selects the first videos that a filter leaves, and goes to Annotate with them. */
async function annotateFirst(page: Page, text: string, count: number): Promise<void> {
  await page.getByLabel('Filter by name, class or attribute').fill(text)
  const tiles = page.getByRole('listbox', { name: 'Videos' }).getByRole('option')
  await expect.poll(() => tiles.count(), soon).toBe(10)
  // From the last to the first: the queue begins with the first all the same.
  await tiles.nth(count - 1).click()
  await tiles.nth(0).click({ modifiers: ['Shift'] })
  await page.getByRole('toolbar', { name: 'Selected videos' }).getByRole('button', { name: 'Annotate' }).click()
}

describe.skipIf(!here)('a work queue', () => {
  test('begins at the first selected video, stays as it was over a reload and other pages, and ends with "done"', async () => {
    await using studio = await openWindow({ as: { name: 'Quinn', role: 'reviewer' } })
    const { page } = studio
    await annotateFirst(page, 'test_000', 3)
    await expect.poll(() => named(page).innerText(), soon).toBe('test_0000')
    await expect.poll(() => queue(page).innerText(), soon).toMatch(/3 videos chosen\s+1 of 3\s+0 done/)

    // Said of the rest and submitted by one key; the next one of three comes.
    await page.keyboard.press('Shift+Enter')
    await expect.poll(() => named(page).innerText(), soon).toBe('test_0001')
    await page.reload()
    await expect.poll(() => queue(page).innerText(), soon).toMatch(/2 of 3\s+1 done/)
    await studio.goTo('/library')
    await button(page, /Go on: 3 videos chosen/).click()
    await expect.poll(() => named(page).innerText(), soon).toBe('test_0001')

    // Skipped with a reason, by keys alone.
    await page.keyboard.press('Shift+S')
    await page.getByRole('listbox', { name: 'Why it is skipped' }).or(page.getByText('I am not sure')).first().waitFor()
    await page.getByText('I am not sure').click()
    await expect.poll(() => named(page).innerText(), soon).toBe('test_0002')

    // Submitting with nothing said warns once, and goes on when it is told to.
    await page.keyboard.press('Enter')
    await page.getByText(/6 attributes have no answer/).waitFor()
    expect(await named(page).innerText()).toBe('test_0002')
    await page.keyboard.press('Enter')
    await page.getByText('Done: 3 videos chosen').waitFor()
    await page.reload()
    await page.getByText('Done: 3 videos chosen').waitFor()
    await studio.picture('queue-done')
    await button(page, 'Choose what is next').click()
    await page.getByRole('listbox', { name: 'Videos' }).waitFor()

    // The library finds them by how far this person is.
    await page.getByLabel('Whose work').selectOption('Quinn (3)')
    await page.getByRole('region', { name: 'Work', exact: true }).getByRole('checkbox', { name: 'submitted' }).check()
    const found = page.getByRole('listbox', { name: 'Videos' }).getByRole('option')
    await expect.poll(async () => (await found.allInnerTexts()).join(' '), soon).toMatch(/^.*test_0000.*test_0002.*$/s)
    expect(await found.count()).toBe(2)
    await page.getByText('submitted of Quinn').waitFor()
    expect(studio.complaints).toEqual([])
  })

  test('of what was submitted leads a reviewer to it, who returns it with a note that its labeller finds', async () => {
    await using labeller = await openWindow({ as: { name: 'Ada', role: 'annotator' } })
    await annotateFirst(labeller.page, 'train_001', 2)
    await expect.poll(() => named(labeller.page).innerText(), soon).toBe('train_0010')
    await labeller.page.keyboard.press('1')
    await labeller.page.keyboard.press('Shift+Enter')
    await expect.poll(() => named(labeller.page).innerText(), soon).toBe('train_0011')

    await using studio = await openWindow({ as: { name: 'Rae', role: 'reviewer' } })
    const { page } = studio
    await button(page, /To review/).click()
    const bar = page.getByRole('region', { name: 'To review' })
    await bar.waitFor()
    // Others may have submitted before her.
    while (!(await bar.innerText()).includes('Ada')) {
      const before = await named(page).innerText()
      await page.keyboard.press('PageDown')
      await expect.poll(() => named(page).innerText(), soon).not.toBe(before)
    }
    await bar.getByText('Ada submitted this').waitFor()
    await bar.getByRole('button', { name: 'Return' }).last().click()
    await page.getByLabel('What Ada should mend').fill('The pole is a lamp.')
    await studio.picture('review-return')
    await page.keyboard.press('Enter')
    await expect.poll(() => bar.getByText('Ada submitted this').count(), soon).toBe(0)

    await labeller.goTo('/library')
    await button(labeller.page, /Returned to you/).click()
    await labeller.page.getByText('The pole is a lamp.').waitFor()
    await labeller.picture('returned')
    await labeller.page.keyboard.press('Enter')
    await labeller.page.getByText('Done: Returned to you').waitFor()
    expect([...studio.complaints, ...labeller.complaints]).toEqual([])
  })
})
