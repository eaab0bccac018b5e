import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { unlikeKept } from './kept-picture'
import { type TestServer, startServer } from './server'
import { askStudio, openWindow } from './window'

const here = inject('studio') !== null
const soon = { timeout: 30_000 }

/** The main pages over drawn videos, and what is there when one is ready. */
const pages: readonly [name: string, place: string, ready: (page: Page) => Promise<unknown>][] = [
  ['library', '/library', (page) => page.getByRole('option', { name: /test_0000/ }).waitFor(soon)],
  ['annotate', '/annotate', (page) => page.waitForFunction(() => window.__whynotStage?.drawn() === 0)],
  ['campaigns', '/campaigns', (page) => page.getByText('No campaigns yet').waitFor(soon)],
  ['train', '/train', (page) => page.getByRole('row').nth(1).waitFor(soon)],
  ['explain', '/explain', (page) => page.getByText(/answer (flips|stays)/).waitFor({ timeout: 60_000 })],
  ['review', '/review', (page) => page.getByText('This project beside its baselines').waitFor(soon)],
  ['settings', '/settings', (page) => page.getByRole('heading', { name: 'Backups' }).waitFor(soon)],
]

describe.skipIf(!here)('the main pages', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
    await openTour()
  })
  afterAll(() => server.stop())

  async function openTour(): Promise<void> {
    await server.call('POST', '/project/tour')
    await server.idle()
  }

  test.for(['dark', 'light'] as const)('look as they were kept, %s', async (theme) => {
    await using studio = await openWindow({ address: server.address, theme })
    const { page } = studio
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const unlike: string[] = []
    const look = async (name: string, ready: (page: Page) => Promise<unknown>) => {
      await ready(page)
      await quiet(page)
      const found = await unlikeKept(`${name}-${theme}`, await page.screenshot({ animations: 'disabled' }))
      if (found) unlike.push(found)
    }
    for (const [name, place, ready] of pages) {
      await studio.goTo(place)
      await look(name, ready)
    }
    await askStudio(['DELETE', '/project'], server.address)
    // Settings stay without a project; any other page gives way to the start.
    await studio.goTo('/library')
    await look('start', (page) => page.getByRole('button', { name: /tour/i }).first().waitFor(soon))
    await openTour()
    expect(unlike.join('\n')).toBe('')
    expect(studio.complaints).toEqual([])
  })
})

/** Pictures of films have come, and two frames in a row look the same. */
async function quiet(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  let before = ''
  const still = async () => {
    const now = (await page.screenshot({ animations: 'disabled' })).toString('base64')
    const same = now === before
    before = now
    return same
  }
  await expect.poll(still, { timeout: 20_000, interval: 400 }).toBe(true)
}
