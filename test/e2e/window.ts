import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, type Locator, type Page, chromium } from 'playwright-core'
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

type Theme = 'dark' | 'light'

/** Somebody who is let in for the first time. */
interface Newcomer {
  name: string
  role: 'reviewer' | 'annotator'
}

/** Opens the studio of this run, or another one, in a fresh Chromium, as its owner or as a newcomer. */
export async function openWindow({
  theme = 'dark',
  address = inject('studio'),
  as,
}: { theme?: Theme; address?: string | null; as?: Newcomer } = {}): Promise<StudioWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-chromium-'))
  const context = await chromium.launchPersistentContext(folder, { ...launched(), ...looks(theme) })
  return windowIn(context, {
    theme,
    link: as ? await newcomersLink(address, as) : await ownersLink(address),
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

/** Several people at once: each has cookies and a window of their own. */
export async function openBrowser() {
  const browser = await chromium.launch(launched())
  return {
    /** Opens a window by a link; the owner's where none is given. */
    open: async (link?: string): Promise<StudioWindow> => {
      const theme = 'dark'
      const context = await browser.newContext(looks(theme))
      return windowIn(context, { theme, link: link ?? (await ownersLink()), close: () => context.close() })
    },
    /** Opens the page of whoever only answers, which has no frame of the window about it. */
    openItems: async (link: string): Promise<StudioWindow> => {
      const theme = 'dark'
      const context = await browser.newContext({ ...looks(theme), viewport: { width: 1100, height: 640 } })
      return windowIn(context, { theme, link, close: () => context.close(), isThere: itemsAreThere })
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

function launched() {
  return { executablePath: inject('chromium'), args: quiet }
}

function looks(colorScheme: Theme): BrowserContextOptions {
  return { viewport: { width: 1440, height: 900 }, colorScheme }
}

async function windowIn(
  context: BrowserContext,
  {
    theme,
    link,
    close,
    isThere = studioIsThere,
  }: { theme: Theme; link: string; close: () => Promise<void>; isThere?: (page: Page) => Promise<void> },
): Promise<StudioWindow> {
  const page = context.pages()[0] ?? (await context.newPage())
  const complaints = listen(page)
  await page.goto(link)
  await isThere(page)
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
    [Symbol.asyncDispose]: close,
  }
}

/** The address changes when the first screen is there; going elsewhere before that would not be noticed. */
async function studioIsThere(page: Page): Promise<void> {
  await page.waitForFunction(() => location.hash.startsWith('#/library'))
  await page.getByText('All changes saved').waitFor()
}

async function itemsAreThere(page: Page): Promise<void> {
  await page.waitForFunction(() => location.hash.startsWith('#/item'))
  await page.getByRole('banner', { name: 'Campaign' }).waitFor()
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

/** The item of a menu that is asked for once the menu before has gone: a press while one leaves opens none. */
export async function opened(button: Locator, item: Locator): Promise<Locator> {
  await button.page().locator('.v-overlay-container .v-menu').first().waitFor({ state: 'hidden' })
  await button.click()
  return item
}

/** Calls the API that scripts use, as the owner; `address` is a studio's, with the token of its start. */
export async function askStudio<T>(
  [method, path, body]: [method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown],
  address = inject('studio'),
): Promise<T> {
  const { origin, searchParams } = new URL(address ?? '')
  const headers = { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' }
  const said = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`${origin}/api${path}`, { method, headers, ...said })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

/** A link works once, so each window of a run gets its own: the first one's token is the owner's for scripts. */
async function ownersLink(address = inject('studio')): Promise<string> {
  const { path } = await askStudio<{ path: string }>(['POST', '/people/owner/links'], address)
  return new URL(path, address ?? '').href
}

/** The link of somebody who is added to the people of the studio. */
async function newcomersLink(address: string | null, as: Newcomer): Promise<string> {
  const { path } = await askStudio<{ path: string }>(['POST', '/people', as], address)
  return new URL(path, address ?? '').href
}
