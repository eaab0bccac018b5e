import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Evaluation, Outcome } from '@shared/contract/evaluation'
import { Hand } from './hand'
import { type TestServer, startServer } from './server'
import { type StudioWindow, openWindow } from './window'

const here = inject('studio') !== null
/** A busy machine takes its time. */
const soon = { timeout: 12_000 }

const named = (page: Page) => page.getByRole('heading', { level: 1 })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const radio = (page: Page, attribute: string, value: string) =>
  page.getByRole('radiogroup', { name: attribute, exact: true }).getByRole('radio', { name: value })
const isAt = (page: Page, video: string) => expect.poll(() => named(page).innerText(), soon).toBe(video)

describe.skipIf(!here)('a day in the studio', () => {
  let server: TestServer
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whynot-day-'))
    for (const [i, name] of ['day_0', 'day_1'].entries()) await film(join(folder, 'films', name), i)
    server = await startServer()
    // The tour's models are what is measured: nothing has to be trained here.
    await server.call('POST', '/project/tour')
    await server.idle()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('goes from the import to the export, over a reload and a restart, with nothing in the way', async () => {
    await using owner = await openWindow({ address: server.address })
    await importFilms(owner, join(folder, 'films'))
    await using labeller = await openWindow({ address: server.address, as: { name: 'Ada', role: 'annotator' } })
    const windows = [owner, labeller]
    await label(labeller, async () => {
      await server.restart()
      await Promise.all(windows.map(({ page }) => page.getByText('All changes saved').waitFor(soon)))
      for (const { complaints } of windows) forgetTheRestart(complaints)
    })
    await sendBack(owner)
    await mend(labeller)
    await accept(owner)
    await measureAgain(owner, server)
    await exportAll(owner, folder)
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([])
    // A click lands only where nothing lies over it, so none stood in the way; and none says that something failed.
    for (const { page } of windows) expect(await page.getByRole('log', { name: 'Notices' }).innerText()).toBe('')
  })
})

/** While the studio is away the browser says that it cannot connect, and who reads a film that it tries again; no more. */
function forgetTheRestart(complaints: string[]): void {
  const isOfTheRestart = /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE)|^error: Retrying failed fetch/
  expect(complaints.filter((line) => !isOfTheRestart.test(line))).toEqual([])
  complaints.length = 0
}

/** By the dialog: the path is pasted, the class and the split are said once for all. */
async function importFilms({ page }: StudioWindow, path: string): Promise<void> {
  await button(page, /^Import/)
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: 'Import videos' })
  await dialog.getByLabel('Path to add').fill(path)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Import 2' }).waitFor(soon)
  await dialog.getByRole('combobox', { name: 'One class for all' }).fill('ball')
  await page.keyboard.press('Tab')
  await dialog.getByRole('combobox', { name: 'Split' }).press('ArrowDown')
  await page.getByRole('option', { name: 'All test', exact: true }).click()
  await dialog.getByRole('button', { name: 'Import 2' }).click()
  await dialog.getByText('2 videos').first().waitFor(soon)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await show(page)
}

/** The films of the day alone. */
async function show(page: Page): Promise<void> {
  await page.getByLabel('Filter by name, class or attribute').fill('day')
  await page.getByText('2 videos', { exact: true }).waitFor(soon)
}

/** Both films: answers by keys, a box, and Enter; the page is read anew after the first, the studio after the second answer. */
async function label({ page }: StudioWindow, restart: () => Promise<void>): Promise<void> {
  const hand = new Hand(page)
  await show(page)
  await page.getByRole('option', { name: /day_0/ }).click()
  await page.keyboard.press('Enter')
  await isAt(page, 'day_0')
  await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
  await hand.press('1')
  await expect.poll(() => radio(page, 'pole', 'present').isChecked(), soon).toBe(true)
  await hand.drag({ x: 8, y: 8 }, { x: 32, y: 32 })
  await page.getByText('1 key frame').waitFor(soon)
  await page.reload()
  await isAt(page, 'day_0')
  await page.getByText('1 key frame').or(page.getByText('1 of')).first().waitFor(soon)
  await expect.poll(() => radio(page, 'pole', 'present').isChecked(), soon).toBe(true)
  await hand.press('Shift+Enter')
  await isAt(page, 'day_1')
  await hand.press('Shift+1')
  await expect.poll(() => radio(page, 'pole', 'absent').isChecked(), soon).toBe(true)

  await restart()
  await page.getByRole('group', { name: 'Queue' }).getByText('2 of 2').waitFor(soon)
  await hand.press('Shift+2')
  await expect.poll(() => radio(page, 'pole', 'absent').isChecked(), soon).toBe(true)
  await hand.press('Shift+Enter')
  await page.getByText(/^Done: /).waitFor(soon)
}

async function toLibrary(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Library' }).click()
  await page.getByRole('listbox', { name: 'Videos' }).waitFor(soon)
}

async function review(page: Page) {
  await toLibrary(page)
  await button(page, /To review/).click(soon)
  const bar = page.getByRole('region', { name: 'To review' })
  await bar.getByText('Ada submitted this').waitFor(soon)
  return bar
}

/** The first film goes back with a note, the second is accepted. */
async function sendBack({ page }: StudioWindow): Promise<void> {
  const bar = await review(page)
  await isAt(page, 'day_0')
  await bar.getByRole('button', { name: 'Return' }).click()
  await page.getByLabel('What Ada should mend').fill('The box begins too far left.')
  await page.keyboard.press('Enter')
  await bar.waitFor({ state: 'hidden', ...soon })
  await page.keyboard.press('PageDown')
  await isAt(page, 'day_1')
  await bar.getByRole('button', { name: 'Accept' }).click()
  await bar.waitFor({ state: 'hidden', ...soon })
}

async function mend({ page }: StudioWindow): Promise<void> {
  await toLibrary(page)
  await button(page, /Returned to you/).click(soon)
  await page.getByText('The box begins too far left.').waitFor(soon)
  await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
  await radio(page, 'pole', 'present').locator('..').locator('..').click()
  await page.keyboard.press('Alt+ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByText('Done: Returned to you').waitFor(soon)
}

async function accept({ page }: StudioWindow): Promise<void> {
  const bar = await review(page)
  await bar.getByRole('button', { name: 'Accept' }).click()
  await bar.waitFor({ state: 'hidden', ...soon })
}

/** The films are among what is measured now. */
async function measureAgain({ page, goTo }: StudioWindow, server: TestServer): Promise<void> {
  await goTo('/review')
  await button(page, /Evaluate again/).click()
  const done = async () => (await server.call<Evaluation[]>('GET', '/evaluations')).map(({ state }) => state)
  await expect.poll(done, { timeout: 120_000, interval: 500 }).toEqual(['done', 'done'])
  const [newest] = await server.call<Evaluation[]>('GET', '/evaluations')
  const rows = await server.call<Outcome[]>('POST', '/evaluations/outcomes', { evaluation: newest?.id })
  expect(rows.filter(({ videoName }) => videoName.startsWith('day_')).length).toBeGreaterThan(0)
  await page.getByText(`on test videos, ${rows.length} outputs`).waitFor(soon)
}

async function exportAll({ page, goTo }: StudioWindow, folder: string): Promise<void> {
  await button(page, /^NCA top-1, model/).click()
  await page.getByText(/^\d+ clips$/).waitFor(soon)
  await button(page, 'Export').click()
  const [file] = await Promise.all([page.waitForEvent('download', soon), page.getByText('JSON of all').click()])
  expect(JSON.parse(readFileSync(await file.path(), 'utf8')).length).toBeGreaterThan(0)

  await goTo('/library/imports')
  await button(page, /Export/)
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: 'Export annotations' })
  const out = join(folder, 'day.jsonl')
  await dialog.getByLabel('File to write').fill(out)
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await dialog.getByText(out).waitFor(soon)
  expect(readFileSync(out, 'utf8')).toContain('day_0')
}

/** Numbered pictures of a square that walks. */
async function film(into: string, shade: number): Promise<void> {
  mkdirSync(into, { recursive: true })
  const square = { create: { width: 24, height: 24, channels: 3, background: '#e8a030' } } as const
  const input = await sharp(square).png().toBuffer()
  for (let frame = 0; frame < 24; frame++)
    await sharp({ create: { width: 96, height: 96, channels: 3, background: { r: 40 + 30 * shade, g: 72, b: 80 } } })
      .composite([{ input, left: 8 + 2 * frame, top: 8 }])
      .png()
      .toFile(join(into, `${String(frame).padStart(4, '0')}.png`))
}
