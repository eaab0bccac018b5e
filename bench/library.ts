import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { chromium } from 'playwright-core'
import { startServer } from '../test/e2e/server'
import { large, largeLibrary } from './support/large-library'
import { quantile, rounded } from './support/measure'

type Server = Awaited<ReturnType<typeof startServer>>
type Call = readonly [method: 'GET' | 'POST', path: string, body?: unknown]

const one = `v${'777'.padStart(12, '0')}`
const attribute = `a${'3'.padStart(12, '0')}`

/** Another one each time: what is said already would be no edit. */
const answer = (time: number) => ({ attribute, value: time % 2 === 0 ? 'absent' : 'present' })

/** Every question the library page, its filters and the other screens ask of all videos. */
const questions: Record<string, Call> = {
  project: ['GET', '/project'],
  page: ['POST', '/videos/query', {}],
  'page in the middle': ['POST', '/videos/query', { offset: 50_000, limit: 100 }],
  'page by frames': ['POST', '/videos/query', { sort: 'frames', direction: 'down' }],
  'page by class': ['POST', '/videos/query', { sort: 'class' }],
  'page of a word': ['POST', '/videos/query', { text: '999' }],
  'page of an attribute': ['POST', '/videos/query', { attributes: [attribute], splits: ['test'] }],
  facets: ['POST', '/videos/facets', {}],
  'facets of a filter': ['POST', '/videos/facets', { attributes: [attribute], splits: ['test'] }],
  place: ['POST', `/videos/${one}/place`, {}],
  'place among the filtered': ['POST', `/videos/${one}/place`, { splits: ['train'], sort: 'tracks' }],
  'answers of all': ['POST', '/videos/answers', { videos: { filter: {} } }],
  classes: ['GET', '/classes'],
  attributes: ['GET', '/attributes'],
  statistics: ['GET', '/statistics'],
  video: ['GET', `/videos/${one}`],
  annotations: ['GET', `/videos/${one}/annotations`],
  'an answer': ['POST', `/videos/${one}/labels`, answer],
  'what waits': ['GET', '/work/waiting'],
  queue: ['GET', '/work/queue'],
  people: ['GET', '/people'],
  campaigns: ['GET', '/campaigns'],
  runs: ['GET', '/runs'],
  evaluations: ['GET', '/evaluations'],
  workers: ['GET', '/workers'],
  history: ['GET', `/videos/${one}/history`],
  'page after an answer': ['POST', '/videos/query', { attributes: [attribute] }],
}

/**
 * A library of 100,000 videos: how long its page takes in Chromium, and each question in milliseconds, median of five,
 * while the same host answers another one meanwhile.
 */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const folder = largeLibrary(say)
  const server = await startServer()
  try {
    const openMs = await timed(() => server.call('POST', '/project', { path: folder }))
    const firstPageMs = await timed(() => server.call('POST', '/videos/query', {}))
    await timed(() => server.call('GET', '/statistics'))
    say(`opened in ${openMs} ms, first rows ${firstPageMs} ms later`)
    const calls: Record<string, number> = {}
    for (const [name, call] of Object.entries(questions)) calls[name] = await median(server, call)
    const slowestCallMs = Math.max(...Object.values(calls))
    const meanwhile = await answersMeanwhile(server)
    const pageMs = await pageTime(server.address)
    return { ...large, load: loadavg()[0], openMs, firstPageMs, pageMs, slowestCallMs, ...meanwhile, calls }
  } finally {
    await server.stop()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return rounded(performance.now() - from)
}

async function median(server: Server, [method, path, body]: Call): Promise<number> {
  const samples: number[] = []
  for (let i = 0; i < 5; i++) {
    const said = typeof body === 'function' ? (body as (time: number) => unknown)(i) : body
    samples.push(await timed(() => server.call(method, path, said)))
  }
  return quantile(samples, 0.5)
}

/** The slowest of small questions that are asked one after the other while everything is counted and sorted anew. */
async function answersMeanwhile(server: Server) {
  let running = true
  const heavy = async () => {
    for (let i = 0; i < 10; i++) await server.call('POST', '/videos/query', { text: String(i), sort: 'size' })
    running = false
  }
  const small: number[] = []
  const light = async () => {
    while (running) small.push(await timed(() => server.call('GET', `/videos/${one}/annotations`)))
  }
  await Promise.all([heavy(), light()])
  return { meanwhileMs: quantile(small, 0.5), meanwhileSlowestMs: Math.max(...small) }
}

/** From the address to the first names on the page; median of three, each in a window of its own. */
async function pageTime(address: string): Promise<number | null> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) return null
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(address)
    const library = new URL('/#/library', address).href
    const open = async () => {
      await page.goto(library)
      await page.locator('[role=listbox] [role=option]').first().waitFor()
    }
    await open()
    const samples: number[] = []
    for (let i = 0; i < 3; i++) {
      await page.goto('about:blank')
      samples.push(await timed(open))
    }
    return quantile(samples, 0.5)
  } finally {
    await browser.close()
  }
}
