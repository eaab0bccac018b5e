import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { type Page, chromium } from 'playwright-core'
import { inFolder } from './support/measure'

const root = resolve(import.meta.dirname, '..')
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const rounds = 25
const nudges = 60
const tracks = 300
/** What takes longer never comes, ms. */
const patienceMs = 20_000

/** A page is open when what it is about is drawn: a video, its picture, a run, the table of numbers. */
const drawn = {
  library: 'document.querySelector("[role=listbox] [role=option] img")',
  annotate: 'window.__whynotStage && window.__whynotStage.drawn() !== null && window.__whynotStage.marks().length > 0',
  train: 'document.querySelector("main table tbody tr")',
  explain: 'window.__whynotStage && window.__whynotStage.drawn() !== null',
  review: 'document.querySelector("main .metric, main table.metrics tbody tr")',
} as const
type Name = keyof typeof drawn

interface Spread {
  p50Ms: number
  p95Ms: number
}

/**
 * How long each page takes to open in Chromium on the quick tour, from the click to its content being drawn, and how long
 * a nudge of a box takes until it is drawn and until it is on disk, with 300 tracks on the video.
 */
export async function bench(say: (line: string) => void) {
  return inFolder(async (home) => {
    const server = await served(home)
    try {
      const { video, before } = await prepared(server, say)
      const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
        args: quiet,
      })
      try {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
        await page.goto(server.address)
        await page.getByText('All changes saved').waitFor()
        const pages = await opened(page, video)
        for (const [name, spread] of Object.entries(pages)) say(`${name}: ${spread.p50Ms} ms, p95 ${spread.p95Ms} ms`)
        const nudge = await nudged(page, { video, before })
        say(`nudge drawn p95 ${nudge.drawnP95Ms} ms, saved p95 ${nudge.savedP95Ms} ms`)
        return { rounds, tracks, pages, nudge }
      } finally {
        await browser.close()
      }
    } finally {
      await server.stop()
    }
  })
}

/** A studio as `whynot serve` starts it. */
async function served(home: string) {
  const host = spawn(process.execPath, [join(root, 'bin/whynot.mjs'), 'serve', '--no-open'], {
    env: { ...process.env, WHYNOT_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const piece of host.stdout) {
    said += String(piece)
    if (said.includes('READY')) break
  }
  const address = /READY (\S+)/.exec(said)?.[1]
  if (!address) throw new Error(`the studio did not start: ${said}`)
  const { origin, searchParams } = new URL(address)
  const headers = { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' }
  return {
    address,
    async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
      const answer = await fetch(`${origin}/api${path}`, {
        method,
        headers,
        body: body ? JSON.stringify(body) : undefined,
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    async stop(): Promise<void> {
      const ended = once(host, 'close')
      host.kill('SIGTERM')
      await ended
    },
  }
}

interface Prepared {
  video: string
  /** Tracks that the video has of its own, before the 300. */
  before: number
}

/** The quick tour, and a video of it with 300 tracks more. */
async function prepared({ call }: Awaited<ReturnType<typeof served>>, say: (line: string) => void): Promise<Prepared> {
  await call('POST', '/project/tour')
  for (;;) {
    const jobs = await call<{ state: string }[]>('GET', '/jobs')
    if (jobs.length > 0 && jobs.every(({ state }) => state === 'done')) break
    await new Promise((next) => setTimeout(next, 300))
  }
  const { rows } = await call<{ rows: { id: string }[] }>('POST', '/videos/query', { text: 'test_0001' })
  const attributes = await call<{ id: string }[]>('GET', '/attributes')
  const [video] = rows
  if (!video) throw new Error('the tour has no test_0001')
  const said = await call<{ tracks: unknown[] }>('GET', `/videos/${video.id}/annotations`)
  for (let i = 0; i < tracks; i++) {
    const [x1, y1] = [(i % 20) * 2.5, Math.floor(i / 20) * 3]
    const value = { box: { x1, y1, x2: x1 + 8, y2: y1 + 8 }, outside: false, occluded: false }
    const attribute = attributes[i % attributes.length]?.id
    await call('POST', `/videos/${video.id}/tracks`, { attribute, frame: 0, value })
  }
  say(`the quick tour, ${tracks} tracks on one video`)
  return { video: video.id, before: said.tracks.length }
}

/** Goes round the pages, each opened from the one before. */
async function opened(page: Page, video: string): Promise<Record<Name, Spread>> {
  const times: Record<Name, number[]> = { library: [], annotate: [], train: [], explain: [], review: [] }
  const names = Object.keys(drawn) as Name[]
  await page.evaluate('location.hash = "#/settings"')
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const hash = name === 'annotate' ? `#/annotate/${video}` : `#/${name}`
      times[name].push(await timed(page, { hash, until: drawn[name] }))
      // What the page goes on reading is not the next one's time.
      await page.waitForTimeout(300)
    }
  return Object.fromEntries(names.map((name) => [name, spreadOf(times[name])])) as Record<Name, Spread>
}

/** From the change of the address to the frame in which `until` holds, ms. */
function timed(page: Page, asked: { hash: string; until: string }): Promise<number> {
  return page.evaluate(`new Promise((done, fail) => {
    const from = performance.now()
    location.hash = ${JSON.stringify(asked.hash)}
    const look = () => {
      const now = performance.now() - from
      if (location.hash.startsWith(${JSON.stringify(asked.hash)}) && (${asked.until})) done(now)
      else if (now > ${patienceMs}) fail(new Error(${JSON.stringify(`${asked.hash} did not come to: ${asked.until}`)}))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })`)
}

/** Nudges the first of the 300, which is there in the frame drawn; what the tour drew itself may begin later. */
async function nudged(page: Page, { video, before }: Prepared) {
  await timed(page, { hash: `#/annotate/${video}`, until: drawn.annotate })
  const row = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').nth(before)
  await row.getByRole('button').first().click()
  const selected = 'window.__whynotStage.marks().some((mark) => mark.selected)'
  await timed(page, { hash: `#/annotate/${video}`, until: selected })
  const [shown, saved]: [number[], number[]] = [[], []]
  for (let i = 0; i < nudges; i++) {
    const key = i % 2 ? 'ArrowLeft' : 'ArrowRight'
    const times = await page.evaluate<{ shown: number; saved: number }>(`new Promise((done, fail) => {
      const own = () => JSON.stringify(window.__whynotStage.marks().find((mark) => mark.selected)?.box)
      const layer = window.__whynotStage.stage.getLayers()[1]
      let painted = null
      layer.off('draw.bench').on('draw.bench', () => (painted = own()))
      const isSaved = () => document.querySelector('footer.status').textContent.includes('All changes saved')
      const [before, from] = [own(), performance.now()]
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', code: '${key}', altKey: true, bubbles: true, cancelable: true }))
      let shown = null
      const look = () => {
        const now = performance.now() - from
        if (shown === null && painted !== null && painted !== before) shown = now
        if (shown !== null && isSaved()) done({ shown, saved: now })
        else if (now > ${patienceMs}) fail(new Error('the nudge was not ' + (shown === null ? 'drawn' : 'saved')))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })`)
    shown.push(times.shown)
    saved.push(times.saved)
    await page.waitForTimeout(120)
  }
  return { drawnP95Ms: spreadOf(shown).p95Ms, savedP95Ms: spreadOf(saved).p95Ms }
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}
