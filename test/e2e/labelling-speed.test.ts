import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { iou } from '@shared/geometry/box'
import { boxAt, type Keyframe } from '@shared/geometry/track'
import { Hand } from './hand'
import { type TestServer, startServer } from './server'
import { openWindow } from './window'

const here = inject('studio') !== null
const videos = 50
const words = ['pole', 'ball', 'ring', 'flag', 'crate', 'lamp', 'puddle', 'window', 'shadow', 'rain']

interface Row {
  id: string
  name: string
}
interface Label {
  attribute: string
  value: string
}
interface Annotations {
  labels: Label[]
  tracks: { attribute: string; keyframes: Keyframe[] }[]
  others: { labels: (Label & { annotator: string })[]; tracks: Annotations['tracks'] }
}

const title = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()

/** Numbers from 0 to 1, the same in every run. */
function drawn(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

describe.skipIf(!here)('a labeller who is counted', () => {
  let server: TestServer
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whynot-speed-'))
    server = await startServer()
    await server.call('POST', '/projects', { path: join(folder, 'project') })
    for (const name of words) await server.call('POST', '/attributes', { name })
    const clips = Array.from({ length: videos }, (_, i) => join(folder, 'clips', `clip_${String(i).padStart(2, '0')}`))
    for (const [i, clip] of clips.entries()) await pictures(clip, 2, i)
    await pictures(join(folder, 'walk'), 100)
    await server.call('POST', '/imports', { paths: [...clips, join(folder, 'walk')], classFrom: 'none' })
    await server.idle()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test(
    'answers 10 attributes of 50 videos and submits them in 300 actions, by keys alone',
    { timeout: 400_000 },
    async () => {
      const attributes = await server.call<{ id: string }[]>('GET', '/attributes')
      const query = { text: 'clip', limit: videos }
      const { rows } = await server.call<{ rows: Row[] }>('POST', '/videos/query', query)
      const next = drawn(7)
      const truth = rows.map(() => attributes.map(() => next() < 0.42))

      await using studio = await openWindow({ address: server.address, as: { name: 'Lou', role: 'annotator' } })
      const { page } = studio
      const hand = new Hand(page)
      await page.getByLabel('Filter by name, class or attribute').fill('clip')
      await page.getByText('50 videos', { exact: true }).waitFor()
      await page.getByRole('option', { name: /clip_00/ }).click()
      await hand.press('Enter')
      for (const [i, row] of rows.entries()) {
        await expect.poll(() => title(page), { timeout: 20_000 }).toBe(row.name)
        await page.getByText('0 of 10 answered').waitFor()
        await answer(hand, truth[i]!)
      }
      await page.getByText('Done: clip').waitFor()

      const present = truth.flat().filter(Boolean).length
      console.log(`answered ${videos} x 10 (${present} present) in ${hand.keys} keys, ${hand.pointer} pointer actions`)
      expect(hand.pointer).toBe(0)
      expect(hand.actions).toBeLessThanOrEqual(300)
      for (const [i, row] of rows.entries()) {
        const { others } = await server.call<Annotations>('GET', `/videos/${row.id}/annotations`)
        const said = new Map(others.labels.map(({ attribute, value }) => [attribute, value === 'present']))
        expect(attributes.map(({ id }) => said.get(id))).toEqual(truth[i])
        const work = await server.call<{ others: { name: string; state: string }[] }>('GET', `/videos/${row.id}/work`)
        expect(work.others).toContainEqual(expect.objectContaining({ name: 'Lou', state: 'submitted' }))
      }
      expect(studio.complaints).toEqual([])
    },
  )

  test('draws a track over 100 frames with 3 key frames and submits it in 7 actions', async () => {
    const found = await server.call<{ rows: Row[] }>('POST', '/videos/query', { text: 'walk' })
    const video = found.rows[0]!
    await using studio = await openWindow({ address: server.address })
    const { page } = studio
    await studio.goTo(`/annotate/${video.id}`)
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    const hand = new Hand(page)
    const middle = (frame: number) => ({ x: place(frame).x1 + side / 2, y: place(frame).y1 + side / 2 })
    const onFrame = (frame: number) => page.waitForFunction((at) => window.__whynotStage?.drawn() === at, frame)

    await hand.press('1')
    await hand.drag({ x: place(0).x1, y: place(0).y1 }, { x: place(0).x2, y: place(0).y2 })
    await page.getByText('1 key frame').waitFor()
    await hand.press('End')
    await onFrame(99)
    await hand.drag(middle(0), middle(99))
    await page.getByText('2 key frames').waitFor()
    await hand.press('d')
    await onFrame(49)
    // Between the ends the box lies on the straight line.
    await hand.drag({ x: (middle(0).x + middle(99).x) / 2, y: (middle(0).y + middle(99).y) / 2 }, middle(49))
    await page.getByText('3 key frames').waitFor()
    await hand.press('Shift+Enter')
    const state = async () =>
      (await server.call<{ own: { state: string } }>('GET', `/videos/${video.id}/work`)).own.state
    await expect.poll(state, { timeout: 20_000 }).toBe('submitted')

    console.log(`a track over 100 frames in ${hand.keys} keys, ${hand.pointer} pointer actions`)
    expect(hand.actions).toBeLessThanOrEqual(7)
    const { tracks } = await server.call<Annotations>('GET', `/videos/${video.id}/annotations`)
    const [{ keyframes }] = tracks as [Annotations['tracks'][number]]
    expect(keyframes.map(({ frame }) => frame)).toEqual([0, 49, 99])
    const overlaps = Array.from({ length: 100 }, (_, frame) => iou(boxAt(keyframes, frame)!, place(frame)))
    expect(Math.min(...overlaps)).toBeGreaterThan(0.8)
    expect(studio.complaints).toEqual([])
  })
})

/** Says what differs from the rest, then the rest and "submit": each row by its key. */
async function answer(hand: Hand, present: readonly boolean[]): Promise<void> {
  const few = present.filter(Boolean).length <= present.length / 2
  for (const [i, is] of present.entries()) {
    if (is !== few) continue
    const digit = `${few ? '' : 'Shift+'}Digit${(i % 9) + 1}`
    await (i < 9 ? hand.press(digit) : hand.press('q', digit))
  }
  if (few) await hand.press('Shift+Enter')
  else await hand.press('Digit0', 'Enter')
}

const side = 24
/** A square that walks along two straight lines. */
function place(frame: number) {
  const t = frame <= 49 ? frame / 49 : (frame - 49) / 50
  const x1 = frame <= 49 ? 10 + 110 * t : 120 + 20 * t
  const y1 = frame <= 49 ? 10 + 20 * t : 30 + 80 * t
  return { x1, y1, x2: x1 + side, y2: y1 + side }
}

/** Numbered pictures of the walk; another shade is another content. */
async function pictures(into: string, count: number, shade = 0): Promise<void> {
  mkdirSync(into, { recursive: true })
  for (let frame = 0; frame < count; frame++) {
    const { x1, y1 } = place(frame)
    const square = { create: { width: side, height: side, channels: 3, background: '#e8a030' } } as const
    await sharp({ create: { width: 192, height: 144, channels: 3, background: { r: 40 + shade * 3, g: 72, b: 80 } } })
      .composite([{ input: await sharp(square).png().toBuffer(), left: Math.round(x1), top: Math.round(y1) }])
      .png()
      .toFile(join(into, `${String(frame).padStart(4, '0')}.png`))
  }
}
