import type { Locator, Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { barriers } from './barriers'
import { askStudio, openBrowser, openWindow } from './window'

const here = inject('studio') !== null

/** A video of the tour. */
const videoOf = async (name: string) => {
  const { rows } = await askStudio<{ rows: { id: string }[] }>(['POST', '/videos/query', { text: name }])
  return askStudio<{ id: string; frames: number }>(['GET', `/videos/${rows[0]!.id}`])
}

const spansIn = (page: Page) => page.getByRole('list', { name: 'Spans' })
const bars = (page: Page, attribute: string) =>
  spansIn(page).getByRole('button', { name: new RegExp(`^${attribute}, seen`) })

/** What a screen reader is told of the spans of an attribute. */
const told = (page: Page, attribute: string) =>
  bars(page, attribute).evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-label')))

const isAt = (page: Page, frame: number) =>
  page.waitForFunction((wanted) => window.__whynotStage?.drawn() === wanted, frame)

async function goTo(page: Page, frame: number): Promise<void> {
  const at = (await page.evaluate(() => window.__whynotStage!.drawn()))!
  for (let i = 0; i < Math.abs(frame - at); i++) await page.keyboard.press(at < frame ? 'ArrowRight' : 'ArrowLeft')
  await isAt(page, frame)
}

/** Takes hold of the middle of a part of a bar and lets go of it so many pixels on. */
async function drag(page: Page, part: Locator, by: number): Promise<void> {
  const { x, y, width, height } = (await part.boundingBox())!
  const [left, top] = [x + width / 2, y + height / 2]
  await page.mouse.move(left, top)
  await page.mouse.down()
  await page.mouse.move(left + by / 2, top)
  await page.mouse.move(left + by, top)
  await page.mouse.up()
}

describe.skipIf(!here)('a labeller marks from where to where an attribute is seen', () => {
  test('by keyboard alone: begins and ends it, goes back to it, deletes it and undoes that; a reload keeps it', async () => {
    await using studio = await openWindow()
    const { page } = studio
    const { id, frames } = await videoOf('test_0003')
    await studio.goTo(`/annotate/${id}`)
    await isAt(page, 0)
    const panel = page.getByRole('complementary', { name: 'Attributes' })
    const ring = () => told(page, 'ring')
    await page.keyboard.press('/')
    await page.keyboard.type('ring')
    await page.keyboard.press('Enter')
    // The search goes on to the next row: back to the one that was answered.
    await panel.getByRole('button', { name: /^ring/ }).click()
    await goTo(page, 3)
    await page.keyboard.press('[')
    await expect.poll(ring).toEqual([`ring, seen from frame 3 to ${frames - 1}`])
    await goTo(page, 6)
    await page.keyboard.press(']')
    await expect.poll(ring).toEqual(['ring, seen from frame 3 to 6'])
    await page.keyboard.press('Escape')
    await goTo(page, 9)
    await page.keyboard.press('Shift+I')
    await expect.poll(ring).toEqual(['ring, seen from frame 3 to 6', `ring, seen from frame 9 to ${frames - 1}`])
    await expect.poll(() => panel.getByRole('button', { name: /^ring/ }).innerText()).toContain('2 spans')
    await studio.picture('spans-annotate')
    expect(await barriers(page)).toEqual([])

    await page.reload()
    await isAt(page, 0)
    await expect.poll(async () => (await ring()).length).toBe(2)
    await bars(page, 'ring').last().focus()
    await page.keyboard.press('Enter')
    await isAt(page, 9)
    await expect.poll(() => bars(page, 'ring').last().getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('Delete')
    await expect.poll(ring).toEqual(['ring, seen from frame 3 to 6'])
    await expect.poll(() => panel.getByRole('button', { name: /^ring/ }).innerText()).toContain('3–6')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await ring()).length).toBe(2)
    await page.getByText(/Undone: Remove the span 9–\d+ of ring/).waitFor()
    // Absent takes them along, and undo brings them back.
    await page.keyboard.press('n')
    await expect.poll(ring).toEqual([])
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await ring()).length).toBe(2)
    await page.keyboard.press('Shift+H')
    await page.getByText('The beginning').click()
    await expect.poll(ring).toEqual([])
    expect(studio.complaints).toEqual([])
  })

  test('by pointer: begins it in its row, drags an end and the whole of it, presses it to go there', async () => {
    await using studio = await openWindow()
    const { page } = studio
    const { id, frames } = await videoOf('test_0004')
    await studio.goTo(`/annotate/${id}`)
    await isAt(page, 0)
    await page.getByRole('complementary', { name: 'Attributes' }).getByRole('button', { name: /^ring/ }).click()
    await goTo(page, 2)
    await page.getByRole('button', { name: 'ring is seen from here' }).click()
    await expect.poll(() => told(page, 'ring')).toEqual([`ring, seen from frame 2 to ${frames - 1}`])
    const row = spansIn(page).getByRole('listitem').filter({ hasText: 'ring' })
    const each = (await row.locator('.lane').boundingBox())!.width / (frames - 1)
    const steps = frames - 1 - 7
    await drag(page, row.locator('.grip.to'), -each * steps)
    await expect.poll(() => told(page, 'ring')).toEqual(['ring, seen from frame 2 to 7'])
    await drag(page, bars(page, 'ring'), each * 3)
    await expect.poll(() => told(page, 'ring')).toEqual(['ring, seen from frame 5 to 10'])
    await row.locator('.grip.from').click()
    await isAt(page, 5)
    await page.keyboard.press('Control+z')
    await expect.poll(() => told(page, 'ring')).toEqual(['ring, seen from frame 2 to 7'])
    await isAt(page, 5)
    await bars(page, 'ring').click()
    await page.keyboard.press('Backspace')
    await expect.poll(() => told(page, 'ring')).toEqual([])
    for (const left of [['ring, seen from frame 2 to 7'], [`ring, seen from frame 2 to ${frames - 1}`], []]) {
      await page.keyboard.press('Control+z')
      await expect.poll(() => told(page, 'ring')).toEqual(left)
    }
    expect(studio.complaints).toEqual([])
  })

  test('for themselves: whoever looks at the work of others sees their spans, and does not move them', async () => {
    const { id, frames } = await videoOf('test_0006')
    const { person, path } = await askStudio<{ person: string; path: string }>([
      'POST',
      '/people',
      { name: 'Ann', role: 'annotator' },
    ])
    await using browser = await openBrowser()
    const ann = await browser.open(new URL(path, inject('studio') ?? '').href)
    const owner = await browser.open()
    for (const { page, goTo } of [ann, owner]) {
      await goTo(`/annotate/${id}`)
      await isAt(page, 0)
      const panel = page.getByRole('complementary', { name: 'Attributes' })
      await panel.getByRole('button', { name: /^ring/ }).click()
    }
    await goTo(ann.page, 4)
    await ann.page.keyboard.press('[')
    const marked = [`ring, seen from frame 4 to ${frames - 1}`]
    await expect.poll(() => told(ann.page, 'ring')).toEqual(marked)
    expect(await told(owner.page, 'ring')).toEqual([])
    await owner.page.keyboard.press('p')
    await expect.poll(() => told(owner.page, 'ring')).toEqual(marked)
    const row = spansIn(owner.page).getByRole('listitem').filter({ hasText: 'Ann' })
    expect(await row.getByRole('button', { name: /^ring, seen/ }).isDisabled()).toBe(true)
    expect(await row.locator('.grip').count()).toBe(0)
    await owner.picture('spans-of-others')
    await ann.page.keyboard.press('Control+z')
    await expect.poll(() => told(ann.page, 'ring')).toEqual([])
    expect([...ann.complaints, ...owner.complaints]).toEqual([])
    await askStudio(['DELETE', `/people/${person}`])
  })
})
