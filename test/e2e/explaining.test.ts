import { readFileSync } from 'node:fs'
import { describe, expect, inject, test } from 'vitest'
import { openWindow, opened } from './window'

const here = inject('studio') !== null

describe.skipIf(!here)('an engineer', () => {
  test('asks why A and not B, reads the cards, and sees the mask check', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo('/explain')
    const cards = page.getByRole('region', { name: 'Evidence' }).getByRole('article')
    await cards.first().waitFor({ timeout: 60_000 })
    expect(await cards.count()).toBeGreaterThan(2)
    expect(await cards.first().innerText()).toMatch(/[+−]\d+\.\d\d/)
    const check = page.getByRole('region', { name: 'Mask check' })
    await check.getByText(/answer (flips|stays)/).waitFor({ timeout: 60_000 })
    expect(await check.innerText()).toContain('A random tube of equal area leaves p(A) at')
    expect(studio.complaints).toEqual([])
  })

  test('takes the answer along as a page, tables, a strip, an animated picture and a film', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo('/explain')
    await page.getByRole('region', { name: 'Evidence' }).getByRole('article').first().waitFor({ timeout: 60_000 })
    const save = async (title: string) => {
      const item = await opened(page.getByRole('button', { name: 'Export' }), page.getByText(title, { exact: true }))
      const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), item.click()])
      return readFileSync(await file.path())
    }
    const begins = async (title: string, from: number, to: number) => (await save(title)).toString('latin1', from, to)
    expect(await begins('HTML page', 0, 15)).toBe('<!doctype html>')
    expect(await begins('CSV', 0, 16)).toBe('place,attribute,')
    expect(await begins('Strip', 1, 4)).toBe('PNG')
    expect(await begins('Animated picture', 8, 12)).toBe('WEBP')
    expect(await begins('Film', 4, 8)).toBe('ftyp')
    expect(studio.complaints).toEqual([])
  })

  test('opens the rows behind a number, and the list is as long as its denominator', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo('/review')
    const table = page.getByRole('table', { name: 'Numbers of this evaluation beside its baselines' })
    const number = table.getByRole('button', { name: /^NCA top-1, model/ })
    const name = (await number.getAttribute('aria-label')) ?? ''
    const count = Number(/of (\d+)|(\d+) rows/.exec(name)?.slice(1).find(Boolean))
    expect(count).toBeGreaterThan(10)
    await number.click()
    const clips = page.getByRole('region', { name: 'Clips' })
    await clips
      .getByText(new RegExp(`^${count} (clips|rows|outputs)`))
      .first()
      .waitFor()
    expect(studio.complaints).toEqual([])
  })
})
