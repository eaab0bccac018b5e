import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type LayoutWord, turkLayout } from '@main/campaigns/turk/layout'
import { turkResults } from '@main/interchange/formats/turk-results'
import { crowdAnswers } from '@main/interchange/formats/crowd-answers'
import { NodeAvDecoder } from '@main/media/decode/node-av/node-av-decoder'
import { smallPicture } from '@main/media/files/small-picture'
import { csvFile } from '@shared/csv'
import { barcodeFilm } from '../support/media'
import { memoryFile, readAll } from '../support/memory-source'

const here = inject('studio') !== null
const words = ['ball', 'pole', 'hurdle'].map((name) => ({ name, description: '', picture: null }))
const red = { create: { width: 80, height: 60, channels: 3 as const, background: 'red' } }
const clip = {
  ...{ name: 'clip 1', frames: 50, width: 320, height: 240, fps: 25 },
  timestampsMs: () => Array.from({ length: 50 }, (_, i) => i * 40),
}

describe.skipIf(!here)('the pages of a crowd, in a plain browser without any network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-crowd-'))
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('chromium'), args: ['--no-sandbox', '--disable-gpu'] })
    const size = { width: clip.width, height: clip.height }
    const film = barcodeFilm(clip.frames, size.width, size.height)
    await new NodeAvDecoder().encode(film, {
      ...{ file: join(folder, 'clip 1.mp4'), ...size, fps: clip.fps },
      codec: { name: 'x264', crf: 20 },
    })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The page as a crowd hands it out: variables filled in, where it fills them in. */
  async function open(
    kind: 'attributes' | 'boxes',
    { filled, query = '', asked = words }: { filled: boolean; query?: string; asked?: readonly LayoutWord[] },
  ) {
    const variables: Record<string, string> = filled
      ? { video_url: 'clip%201.mp4', video: 'clip 1', fps: '25', attributes: 'ball|hurdle' }
      : {}
    const page = turkLayout({ kind, title: 'Moves', guide: '<p>Only the ball.</p>', words: asked })
    const file = join(folder, `${kind}.html`)
    writeFileSync(
      file,
      page.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => variables[name] ?? whole),
    )
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 } })
    const opened = await context.newPage()
    const trouble: string[] = []
    opened.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(message.text())
    })
    opened.on('pageerror', (error) => trouble.push(error.message))
    let sent = ''
    await opened.route(/^https?:/, async (route) => {
      sent = `${route.request().url()} ${route.request().postData() ?? ''}`
      await route.fulfill({ body: 'thanks' })
    })
    await opened.goto(`${pathToFileURL(file).href}?${query}`)
    await opened.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0)
    return { page: opened, context, trouble, sent: () => sent }
  }

  test('attributes are answered by keyboard, what is missing is said, and the form of Mechanical Turk is sent', async () => {
    const { page, context, trouble, sent } = await open('attributes', {
      filled: true,
      query: 'assignmentId=A1&turkSubmitTo=https://www.mturk.com',
    })
    await page.keyboard.press('Digit1')
    await page.keyboard.press('Shift+Digit2')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('status').innerText()).toMatch(/^hurdle is not answered yet/)
    await page.keyboard.press('Alt+Digit3')
    await page.keyboard.press('Enter')
    await page.getByText('thanks').waitFor()
    const [url = '', body = ''] = sent().split(' ')
    expect(url).toBe('https://www.mturk.com/mturk/externalSubmit')
    const form = new URLSearchParams(body)
    expect([...form.keys()].sort()).toEqual(['assignmentId', 'taskAnswers'])
    const cells = ['A1', 'H', 'ann', 'Submitted', 'clip 1', form.get('taskAnswers')!]
    const csv = csvFile([
      ['AssignmentId', 'HITId', 'WorkerId', 'AssignmentStatus', 'Input.video', 'Answer.taskAnswers'],
      cells,
    ])
    const { videos, notes } = await readAll(turkResults, memoryFile('r.csv', csv), { videos: [clip] })
    const said = videos.get('clip 1')!.answers.map(({ attribute, value }) => [attribute, value])
    expect(said).toEqual([
      ['ball', 'present'],
      ['pole', 'absent'],
      ['hurdle', 'unsure'],
    ])
    expect([notes, trouble]).toEqual([[], []])
    await context.close()
  })

  test.each(['attributes', 'boxes'] as const)(
    'the picture of a word stands under it in the page of %s',
    async (kind) => {
      const bytes = await smallPicture(await sharp(red).png().toBuffer(), { part: null, longest: 480 })
      const picture = `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`
      const asked = words.map((word) => (word.name === 'ball' ? { ...word, picture, description: 'Round.' } : word))
      const { page, context, trouble } = await open(kind, { filled: true, asked })
      const ball = page.locator('.word').filter({ hasText: 'ball' })
      const sizes = () =>
        page.locator('.word img').evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth))
      await expect.poll(sizes).toEqual([80])
      expect(await ball.locator('img + .quiet').innerText()).toBe('Round.')
      expect(trouble).toEqual([])
      await context.close()
    },
  )

  test('before it is accepted the page shows the task and takes nothing', async () => {
    const { page, context } = await open('attributes', {
      filled: true,
      query: 'assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE',
    })
    expect(await page.getByRole('button', { name: /Submit/ }).isDisabled()).toBe(true)
    expect(await page.getByRole('status').innerText()).toContain('preview')
    await context.close()
  })

  test('without a crowd behind it, it asks for a name, takes its video from the address, and saves answers as a file', async () => {
    const query = 'video_url=clip%25201.mp4&video=clip%201'
    const { page, context, trouble } = await open('attributes', { filled: false, query })
    for (const key of ['Digit1', 'Digit2', 'Digit3', 'Enter']) await page.keyboard.press(key)
    await expect.poll(() => page.getByRole('status').innerText()).toBe('Write your name first.')
    await page.getByLabel('Your name').fill('Ann Bee')
    const submit = page.getByRole('button', { name: 'Submit' })
    const [saved] = await Promise.all([page.waitForEvent('download'), submit.click()])
    expect(saved.suggestedFilename()).toBe('answer-clip_1-Ann_Bee.json')
    const text = readFileSync(await saved.path(), 'utf8')
    const { videos, notes } = await readAll(crowdAnswers, memoryFile('a.json', text), { videos: [clip] })
    expect(videos.get('clip 1')!.answers).toMatchObject([{ person: 'Ann Bee', value: 'present' }, {}, {}])
    expect([notes, trouble]).toEqual([[], []])
    await context.close()
  })

  test('boxes are drawn at two times, move between them, end, and come in at the frames that were shown', async () => {
    const { page, context, trouble, sent } = await open('boxes', { filled: true, query: 'assignmentId=A2' })
    const stage = (await page.locator('.stage svg').boundingBox())!
    const scale = stage.width / clip.width
    const draw = async (from: [number, number], to: [number, number]) => {
      await page.mouse.move(stage.x + from[0] * scale, stage.y + from[1] * scale)
      await page.mouse.down()
      await page.mouse.move(stage.x + to[0] * scale, stage.y + to[1] * scale, { steps: 3 })
      await page.mouse.up()
    }
    const at = (seconds: number) =>
      page.evaluate(
        (time) =>
          new Promise<number>((done) => {
            const video = document.querySelector('video')!
            video.requestVideoFrameCallback((_, { mediaTime }) => done(mediaTime))
            video.currentTime = time
          }),
        seconds,
      )
    await at(0.42)
    await draw([20, 100], [60, 140])
    await at(1.22)
    await draw([40, 120], [140, 120])
    await at(1.62)
    await page.keyboard.press('x')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('status').innerText()).toMatch(/^hurdle has no box yet/)
    await page.getByRole('button', { name: 'hurdle is not in the video' }).click()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('thanks').waitFor()
    const answers = new URLSearchParams(sent().split(' ')[1]).get('taskAnswers')!
    const csv = csvFile([
      ['AssignmentId', 'WorkerId', 'Input.video', 'Answer.taskAnswers'],
      ['A2', 'ben', 'clip 1', answers],
    ])
    const { videos, notes } = await readAll(turkResults, memoryFile('r.csv', csv), { videos: [clip] })
    const read = videos.get('clip 1')!
    expect(read.answers).toMatchObject([{ attribute: 'hurdle', value: 'absent' }])
    expect(read.tracks).toMatchObject([{ attribute: 'ball', person: 'ben' }])
    const seen = read.tracks[0]!.keyframes.map(({ frame, box, outside }) => [
      frame,
      Math.round(box.x1),
      Math.round(box.x2),
      outside,
    ])
    expect(seen).toEqual([
      [10, 20, 60, false],
      [30, 120, 160, false],
      [40, 120, 160, true],
    ])
    expect([notes, trouble]).toEqual([[], []])
    await context.close()
  })

  test('inside a form of the crowd nothing is wrapped twice, and only the one field is sent', async () => {
    const page = await browser.newPage()
    const layout = turkLayout({ kind: 'attributes', title: 'Moves', guide: '', words })
    const body = layout.replace(
      '<body>',
      '<body><form id="mturk_form" action="https://crowd.invalid/submit" method="post">',
    )
    let sent = ''
    await page.route(/^https?:/, async (route) => {
      sent = route.request().postData() ?? ''
      await route.fulfill({ body: 'thanks' })
    })
    await page.setContent(body.replace('</body>', '</form></body>'))
    await page.getByLabel('Skip').selectOption('too dark')
    await page.getByText('thanks').waitFor()
    const form = new URLSearchParams(sent)
    expect([...form.keys()]).toEqual(['taskAnswers'])
    expect(JSON.parse(form.get('taskAnswers')!)).toMatchObject([{ labels: {}, skipped: 'too dark' }])
    await page.close()
  })
})
