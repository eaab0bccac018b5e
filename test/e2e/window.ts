import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type Page, chromium } from 'playwright-core'
import { inject } from 'vitest'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface StudioWindow extends AsyncDisposable {
  page: Page
  /** What the console said that a person should not see: errors and warnings, and failed requests. */
  complaints: string[]
  /** Goes to a screen by its address after the #. */
  goTo(place: string): Promise<void>
  /** Saves a picture where WHYNOT_SCREENSHOTS names a folder. */
  picture(name: string): Promise<void>
}

/** Opens the studio of this run in a fresh Chromium. */
export async function openWindow({
  theme = 'dark',
  address = inject('studio'),
}: { theme?: 'dark' | 'light'; address?: string | null } = {}): Promise<StudioWindow> {
  if (!address) throw new Error('no studio is running')
  const folder = mkdtempSync(join(tmpdir(), 'whynot-chromium-'))
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    executablePath: inject('chromium'),
    args: quiet,
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const complaints = listen(page)
  await page.goto(await freshLink(address))
  // The address changes when the first screen is there; going elsewhere before that would not be noticed.
  await page.waitForFunction(() => location.hash.startsWith('#/library'))
  await page.getByText('All changes saved').waitFor()
  return {
    page,
    complaints,
    goTo: async (place) => {
      await page.evaluate((to) => (location.hash = to), place)
      await page.waitForTimeout(300)
    },
    picture: async (name) => {
      const into = process.env.WHYNOT_SCREENSHOTS
      if (!into) return
      mkdirSync(into, { recursive: true })
      await page.screenshot({ path: join(into, `${name}-${theme}.png`) })
    },
    [Symbol.asyncDispose]: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  return complaints
}

/** A link works once, so each window of a run gets its own: the first one's token is the owner's for scripts. */
async function freshLink(first: string): Promise<string> {
  const { origin, searchParams } = new URL(first)
  const headers = { authorization: `Bearer ${searchParams.get('token')}` }
  const answer = await fetch(`${origin}/api/people/owner/links`, { method: 'POST', headers })
  return origin + ((await answer.json()) as { path: string }).path
}
