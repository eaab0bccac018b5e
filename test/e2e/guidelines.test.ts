import { afterEach, describe, expect, inject, test } from 'vitest'
import sharp from 'sharp'
import { askStudio, openWindow } from './window'

const here = inject('studio') !== null

const orange = { create: { width: 2000, height: 500, channels: 3 as const, background: 'orange' } }

interface Guidelines {
  markdown: string
}

describe.skipIf(!here)('the guidelines of a project', () => {
  const read = async () => (await askStudio<Guidelines>(['GET', '/project/guidelines'])).markdown

  afterEach(async () => {
    await askStudio(['POST', '/project/guidelines', { markdown: '' }])
  })

  test.each(['dark', 'light'] as const)(
    'are written in the vocabulary, and read beside the stage by whoever labels (%s)',
    async (theme) => {
      await using studio = await openWindow({ theme })
      const { page } = studio
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.keyboard.press('Control+k')
      await page
        .getByRole('combobox', { name: 'Search videos and commands' })
        .or(page.locator('input[role=combobox]'))
        .first()
        .fill('guidelines of the project')
      await page.keyboard.press('Enter')
      const editor = page.getByRole('region', { name: 'Guidelines' })
      const text = editor.getByRole('textbox', { name: 'Guidelines as Markdown' })
      await text.fill('Watch each clip **twice**.\n\n## pole\n\nIt stands on the ground.\n\n## ball\n\nIt is round.')
      await editor.getByText('Watch each clip twice.').or(editor.getByText('It is round.')).first().waitFor()
      await expect.poll(read).toContain('It is round.')
      await text.press('Control+End')
      const file = { name: 'round.png', mimeType: 'image/png', buffer: await sharp(orange).png().toBuffer() }
      await editor.getByLabel('Add a picture').setInputFiles(file)
      await expect.poll(read).toMatch(/It is round\.!\[\]\(picture:[0-9a-f]{64}\)$/)
      await text.press('Control+Home')
      await text.blur()
      await page.keyboard.press('Escape')
      await text.scrollIntoViewIfNeeded()
      await studio.picture('guidelines-editor')

      await using labeller = await openWindow({ theme, as: { name: `Gus ${theme}`, role: 'annotator' } })
      await labeller.page.setViewportSize({ width: 1280, height: 800 })
      await labeller.goTo('/annotate')
      await labeller.page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
      const guide = labeller.page.getByRole('region', { name: 'Guidelines' })
      const word = (name: string) =>
        labeller.page
          .getByRole('complementary', { name: 'Attributes' })
          .getByRole('button', { name, exact: true })
          .first()
      await word('ball').click()
      await guide.getByText('It is round.').waitFor()
      // 2,000 px wide as it was added: kept no wider than a panel is drawn.
      const widths = () =>
        guide.locator('img').evaluateAll((all: HTMLImageElement[]) => all.map((one) => one.naturalWidth))
      await expect.poll(widths).toEqual([1280])
      await word('pole').click()
      await guide.getByText('It stands on the ground.').waitFor()
      await labeller.picture('guidelines-read')
      await labeller.page.keyboard.press('Shift+G')
      await guide.getByText('It stands on the ground.').waitFor({ state: 'hidden' })
      await labeller.page.keyboard.press('Shift+G')
      await guide.getByText('It stands on the ground.').waitFor()

      // What the owner takes back is gone for whoever reads, without a reload.
      await page.getByRole('button', { name: 'Undo in the library' }).click()
      await expect.poll(read).toBe('')
      await expect.poll(() => text.inputValue()).toBe('')
      await guide.getByText('It stands on the ground.').waitFor({ state: 'hidden' })
      expect([...studio.complaints, ...labeller.complaints]).toEqual([])
    },
  )
})
