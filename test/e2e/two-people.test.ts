import type { Page } from 'playwright-core'
import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Annotations } from '@shared/contract/annotation'
import { type StudioWindow, askStudio, openBrowser } from './window'

const here = inject('studio') !== null

interface Guest {
  id: string
  window: StudioWindow
}

const added: string[] = []

/** Somebody with a link of their own, in a browser of their own. */
async function guest(browser: Awaited<ReturnType<typeof openBrowser>>, name: string, role: string): Promise<Guest> {
  const { person, path } = await askStudio<{ person: string; path: string }>(['POST', '/people', { name, role }])
  added.push(person)
  return { id: person, window: await browser.open(new URL(path, inject('studio') ?? '').href) }
}

/** What is said of a video, as its owner sees it. */
const seen = (video: string) => askStudio<Annotations>(['GET', `/videos/${video}/annotations`])

async function answersOf(video: string, attribute: string): Promise<Record<string, string>> {
  const { labels, others } = await seen(video)
  const said = [...labels, ...others.labels].filter((one) => one.attribute === attribute && one.annotator)
  return Object.fromEntries(said.map(({ annotator, value }) => [annotator, value]))
}

async function boxesOf(video: string, person: string): Promise<number> {
  const { tracks, others } = await seen(video)
  return [...tracks, ...others.tracks].filter((one) => one.person === person).length
}

async function openVideo({ page, goTo }: StudioWindow, video: string): Promise<void> {
  await goTo(`/annotate/${video}`)
  await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
}

const answer = (page: Page, attribute: string, value: string) =>
  page.getByRole('radiogroup', { name: attribute, exact: true }).getByRole('radio', { name: value })

async function drawBox({ page }: StudioWindow, corner: { x: number; y: number }): Promise<void> {
  await page.keyboard.press('b')
  const { from, to } = await page.evaluate(({ x, y }) => {
    const stage = window.__whynotStage!
    return { from: stage.toPage({ x, y }), to: stage.toPage({ x: x + 20, y: y + 16 }) }
  }, corner)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
}

/** The last clip of the tour: the other tests begin with the first. */
async function lastVideo(): Promise<string> {
  const { rows } = await askStudio<{ rows: { id: string }[] }>(['POST', '/videos/query', { limit: 200 }])
  return rows.at(-1)!.id
}

/** Statuses of everything there is, asked by this page with its own cookie. */
function everyStatus(page: Page, calls: readonly (readonly [string, string])[]): Promise<number[]> {
  return page.evaluate(
    (all) =>
      Promise.all(
        all.map(async ([method = 'GET', path = '/']) => {
          const { status, body } = await fetch(path, { method })
          await body?.cancel()
          return status
        }),
      ),
    calls.map((call) => [...call]),
  )
}

async function everyCall(video: string, picture: string): Promise<(readonly [string, string])[]> {
  const { paths } = await askStudio<{ paths: Record<string, object> }>(['GET', '/openapi.json'])
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), `/api${path.replace(/\{\w+\}/g, video)}`] as const),
  )
  const files = ['proxy.mp4', 'poster.jpg', 'strip.jpg', 'frames/0.png']
  const media = [...files.map((file) => `${video}/${file}`), `pictures/${picture}.webp`]
  return [...calls, ...media.map((path) => ['GET', `/media/${path}`] as const)]
}

/** Begins to read the stream of changes in a page. */
function beginStream(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { body, status } = await fetch('/api/changes')
    if (status !== 200 || !body) throw new Error(`the stream answered ${status}`)
    const reader = body.getReader()
    const ended = async () => {
      while (!(await reader.read()).done);
      return 'ended'
    }
    Object.assign(window, { ending: ended().catch(() => 'cut off') })
  })
}

/** How the stream of a page ended, once it does. */
const streamEnd = (page: Page) => page.evaluate(() => (window as unknown as { ending: Promise<string> }).ending)

describe.skipIf(!here)('two people in two browsers, and the owner', () => {
  afterEach(async () => {
    for (const person of added.splice(0)) await askStudio(['DELETE', `/people/${person}`])
  })

  test('label the same video: each their own answers, boxes and undo, and the owner sees both', async () => {
    const video = await lastVideo()
    await using browser = await openBrowser()
    const rita = await guest(browser, 'Rita', 'reviewer')
    const ann = await guest(browser, 'Ann', 'annotator')
    const [{ id: attribute = '', name = '' } = {}] = await askStudio<{ id: string; name: string }[]>([
      'GET',
      '/attributes',
    ])
    const before = await answersOf(video, attribute)
    const [first, second] = [rita.window.page, ann.window.page]
    await Promise.all([openVideo(rita.window, video), openVideo(ann.window, video)])

    await Promise.all([answer(first, name, 'absent').click(), answer(second, name, 'unsure').click()])
    await expect.poll(() => answersOf(video, attribute)).toEqual({ ...before, [rita.id]: 'absent', [ann.id]: 'unsure' })
    await Promise.all([drawBox(rita.window, { x: 4, y: 4 }), drawBox(ann.window, { x: 30, y: 30 })])
    await expect.poll(() => Promise.all([boxesOf(video, rita.id), boxesOf(video, ann.id)])).toEqual([1, 1])
    // Who boxes an attribute says that it is there.
    expect(await answersOf(video, attribute)).toEqual({ ...before, [rita.id]: 'present', [ann.id]: 'present' })
    expect(await answer(first, name, 'present').isChecked()).toBe(true)
    expect(await answer(second, name, 'present').isChecked()).toBe(true)

    await using own = await browser.open()
    await openVideo(own, video)
    await own.page.keyboard.press('p')
    const saidByOthers = own.page.getByRole('list', { name: `${name}, said by others` }).getByRole('listitem')
    await expect
      .poll(() => saidByOthers.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0]).sort()))
      .toEqual(['Ann', 'Rita'])
    const dimmed = () =>
      own.page.evaluate(() => window.__whynotStage!.marks().filter(({ look }) => look === 'other').length)
    expect(await dimmed()).toBe(2)
    await own.picture('annotate-all-people')
    expect(await second.getByRole('button', { name: 'All people' }).count()).toBe(0)

    // Ann was last, so a history that the two shared would take back hers.
    await first.keyboard.press('Control+z')
    await expect.poll(() => boxesOf(video, rita.id)).toBe(0)
    expect(await boxesOf(video, ann.id)).toBe(1)
    await expect.poll(dimmed).toBe(1)
    expect(await answersOf(video, attribute)).toEqual({ ...before, [rita.id]: 'absent', [ann.id]: 'present' })
    await second.keyboard.press('Control+z')
    await expect.poll(() => boxesOf(video, ann.id)).toBe(0)
    expect(await answersOf(video, attribute)).toEqual({ ...before, [rita.id]: 'absent', [ann.id]: 'unsure' })
    await first.keyboard.press('Control+z')
    await expect.poll(() => answersOf(video, attribute)).toEqual({ ...before, [ann.id]: 'unsure' })
    await second.keyboard.press('Control+z')
    await expect.poll(() => answersOf(video, attribute)).toEqual(before)
    for (const page of [first, second])
      await expect.poll(() => page.getByRole('button', { name: 'Undo', exact: true }).isDisabled()).toBe(true)
    expect([...rita.window.complaints, ...ann.window.complaints, ...own.complaints]).toEqual([])
  })

  test('one whose way in is ended is refused at once: every procedure, every picture and film, and the streams', async () => {
    const video = await lastVideo()
    await using browser = await openBrowser()
    const rita = await guest(browser, 'Rita', 'reviewer')
    const ann = await guest(browser, 'Ann', 'annotator')
    const { page } = ann.window
    await Promise.all([openVideo(rita.window, video), openVideo(ann.window, video)])
    const [word] = await askStudio<{ id: string }[]>(['GET', '/attributes'])
    const address = `/attributes/${word!.id}/picture`
    const { picture } = await askStudio<{ picture: string }>(['POST', address, { from: { video, frame: 0 } }])
    const calls = await everyCall(video, picture)
    expect(calls.length).toBeGreaterThan(60)
    expect(await everyStatus(page, calls)).not.toContain(401)
    expect(await everyStatus(page, calls.slice(-1))).toEqual([200])
    await beginStream(page)

    await askStudio(['DELETE', `/people/${ann.id}`])
    const statuses = await everyStatus(page, calls)
    expect(calls.filter((_, i) => statuses[i] !== 401)).toEqual([])
    expect(await streamEnd(page)).toBe('cut off')
    await page
      .getByRole('alert')
      .getByText(/connection|studio/i)
      .waitFor()
    expect(await everyStatus(rita.window.page, [['GET', '/api/me']])).toEqual([200])
    expect(rita.window.complaints).toEqual([])
    await askStudio(['DELETE', address])
  })
})
