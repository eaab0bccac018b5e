import { describe, expect, inject, test } from 'vitest'
import { barriers } from './barriers'
import { openWindow } from './window'

const screens = [
  ...['library', 'library/statistics', 'library/vocabulary', 'library/imports', 'annotate'],
  ...['train', 'explain', 'review', 'settings'],
]
const here = inject('studio') !== null

describe.skipIf(!here).each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  test('every screen of the tour opens, fits the window, and the console stays silent', async () => {
    await using studio = await openWindow({ theme })
    const { page, complaints } = studio
    for (const screen of screens) {
      await studio.goTo(`/${screen}`)
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await page.waitForTimeout(screen === 'explain' ? 6000 : 1500)
      await studio.picture(screen.replace('/', '-'))
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(sideways, `${screen} scrolls sideways`).toBeLessThanOrEqual(0)
      expect(await page.locator('main').innerText(), `${screen} shows nothing`).not.toBe('')
      expect(await barriers(page), `${screen} keeps somebody out`).toEqual([])
    }
    expect(complaints).toEqual([])
  })

  test('the page carries the theme that was asked for', async () => {
    await using studio = await openWindow({ theme })
    const scheme = await studio.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
    expect(scheme).toBe(theme)
  })
})
