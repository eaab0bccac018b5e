import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { type StudioWindow, askStudio, openWindow } from './window'

const here = inject('studio') !== null

interface Word {
  id: string
  name: string
  description: string
  picture: string | null
}

const words = () => askStudio<Word[]>(['GET', '/attributes'])
const isDrawn = async (page: Page, of: string) => {
  const image = page.locator(of).first()
  await image.waitFor()
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth))
    .toBeGreaterThan(0)
  return image.evaluate((one: HTMLImageElement) => Math.max(one.naturalWidth, one.naturalHeight))
}

describe.skipIf(!here)('the picture of a word', () => {
  let word: Word
  let video: string

  beforeAll(async () => {
    word = (await words())[0]!
    // Its description makes the card tell more than a picture.
    await askStudio(['POST', `/attributes/${word.id}`, { description: 'It stands upright, and its foot is seen.' }])
    const { rows } = await askStudio<{ rows: { id: string }[] }>(['POST', '/videos/query', { text: 'test_0003' }])
    video = rows[0]!.id
  })
  afterEach(async () => {
    await askStudio(['DELETE', `/attributes/${word.id}/picture`])
  })
  afterAll(async () => {
    await askStudio(['POST', `/attributes/${word.id}`, { description: word.description }])
  })

  /** Annotate with the word chosen. */
  async function annotating({ page, goTo }: StudioWindow): Promise<void> {
    await goTo(`/annotate/${video}`)
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    await nameIn(page).click()
  }
  const nameIn = (page: Page) =>
    page.getByRole('complementary', { name: 'Attributes' }).getByRole('button', { name: word.name, exact: true })

  test.each(['dark', 'light'] as const)(
    'is taken from the box that is looked at, and whoever labels sees it with what is said of the word (%s)',
    async (theme) => {
      await using studio = await openWindow({ theme })
      const { page } = studio
      await page.setViewportSize({ width: 1280, height: 800 })
      await annotating(studio)
      await page.keyboard.press('Shift+B')
      await page.getByRole('list', { name: 'Tracks' }).getByRole('button', { name: word.name }).first().waitFor()
      await page.keyboard.press('Shift+F10')
      await page.getByText(`Use this box as the picture of ${word.name}`).click()
      await page.getByText(`is the picture of ${word.name}`).waitFor()
      await page.keyboard.press('Control+z')
      // A third of 64 px, and a fifth of it on either side.
      expect(await isDrawn(page, '.guides img')).toBeLessThanOrEqual(32)

      await using labeller = await openWindow({ theme, as: { name: `Ann ${theme}`, role: 'annotator' } })
      await labeller.page.setViewportSize({ width: 1280, height: 800 })
      await annotating(labeller)
      await labeller.page.mouse.move(10, 10)
      await nameIn(labeller.page).hover()
      const card = labeller.page.locator('.word-card')
      await card.getByText('It stands upright').waitFor()
      expect(await isDrawn(labeller.page, '.word-card img')).toBeGreaterThan(20)
      expect(await card.locator('img').getAttribute('alt')).toContain(word.name)
      await expect.poll(() => card.evaluate((one) => getComputedStyle(one).opacity)).toBe('1')
      await labeller.picture('word-card')
      expect(await labeller.page.getByText('Use this').count()).toBe(0)
      expect([...studio.complaints, ...labeller.complaints]).toEqual([])
    },
  )

  test.each(['dark', 'light'] as const)(
    'is chosen as a file in the vocabulary, kept small, taken back and away; what is no picture is refused (%s)',
    async (theme) => {
      await using studio = await openWindow({ theme })
      const { page } = studio
      await page.setViewportSize({ width: 1280, height: 800 })
      await studio.goTo('/library/vocabulary')
      await page.getByRole('button', { name: `Picture of ${word.name}`, exact: true }).click()
      const dialog = page.getByRole('dialog', { name: `Picture of ${word.name}` })
      const file = dialog.locator('input[type=file]')
      const background = { r: 40, g: 120, b: 200 }
      const buffer = await sharp({ create: { width: 1600, height: 900, channels: 3, background } })
        .png()
        .toBuffer()
      await file.setInputFiles({ name: 'pole.png', mimeType: 'image/png', buffer })
      expect(await isDrawn(page, '.place img')).toBe(480)
      await studio.picture('word-picture-dialog')
      await file.setInputFiles({ name: 'bad.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
      await page.getByText('It is no picture that can be read').waitFor()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await isDrawn(page, '.attributes .thumb img')
      await studio.picture('word-picture-vocabulary')
      await page.keyboard.press('Control+z')
      await expect.poll(async () => (await words())[0]!.picture).toBeNull()
      await page.keyboard.press('Control+Shift+z')
      await expect.poll(async () => (await words())[0]!.picture).not.toBeNull()
      await page.getByRole('button', { name: `Picture of ${word.name}`, exact: true }).click()
      await dialog.getByRole('button', { name: 'Remove the picture' }).click()
      await expect.poll(async () => (await words())[0]!.picture).toBeNull()
      expect(studio.complaints).toEqual([])
    },
  )
})
