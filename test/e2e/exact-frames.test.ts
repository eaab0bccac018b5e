import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { hasSharedData, sharedData } from '../support/shared-data'
import { type TestServer, startServer } from './server'
import { openWindow } from './window'

interface Expected {
  frames: number
  indices: string | number[]
  rotateClockwise?: number
}

interface VideoRow {
  id: string
  name: string
  frames: number
}

const here = inject('studio') !== null && hasSharedData
const why = hasSharedData ? '' : ' (skipped: no ../shared/data beside the checkout)'

/** With WHYNOT_ALL_FRAMES=1 every frame of every fixture is shown: the slow proof of docs/results.md. */
const everything = process.env.WHYNOT_ALL_FRAMES === '1'

/** One of each kind that lies about its frames: packed B-frames, turned, variable rate, edit list, odd size, wide pixels. */
const few = [
  'ucf_xvid_packedb_2997.avi',
  'h264_rot_cw90.mp4',
  'h264_vfr.mp4',
  'h264_editlist_trim.mp4',
  'vp9_odd_321x241.webm',
  'h264_sar16x11.mp4',
]

const expected: Record<string, Expected> = here
  ? JSON.parse(readFileSync(sharedData('video-fixtures', 'expected.json'), 'utf8'))
  : {}
/** Stills have no frames to step through; the file with the long name has the content of another. */
const names = everything
  ? Object.keys(expected).filter((name) => expected[name]!.frames > 1 && !name.startsWith('na'))
  : few

describe.skipIf(!here)(`the stage${why}`, () => {
  let server: TestServer
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whynot-frames-'))
    server = await startServer()
    await server.call('POST', '/projects', { path: join(folder, 'project') })
    const paths = names.map((name) => sharedData('video-fixtures', name))
    await server.call('POST', '/imports', { paths, classFrom: 'none' })
    await server.idle()
  })

  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(names)(
    'shows every frame of %s as itself, by stepping and by jumping',
    async (name) => {
      const truth = expected[name]!
      const { rows } = await server.call<{ rows: VideoRow[] }>('POST', '/videos/query', {})
      // Two files of one name are told apart by what the project calls them; their counts differ.
      const video = rows.find((row) => row.name.startsWith(name.replace(/\.\w+$/, '')) && row.frames === truth.frames)!
      expect(video).toBeDefined()
      await using studio = await openWindow({ address: server.address })
      const { page } = studio
      await studio.goTo(`/annotate/${video.id}`)
      await drawnAt(page, 0)
      const order = [...steps(video.frames), ...jumps(video.frames)]
      const seen: { frame: number; barcode: number }[] = []
      for (const frame of order) {
        await goToFrame(page, frame)
        seen.push({ frame, barcode: await barcodeOnStage(page, truth.rotateClockwise ?? 0) })
      }
      const wanted =
        typeof truth.indices === 'string'
          ? (frame: number) => frame
          : (frame: number) => (truth.indices as number[])[frame]!
      expect(seen).toEqual(order.map((frame) => ({ frame, barcode: wanted(frame) })))
      // The test itself reads pixels back, which Chromium remarks on.
      expect(studio.complaints.filter((text) => !text.includes('willReadFrequently'))).toEqual([])
    },
    600_000,
  )
})

/** The first frames, the last ones, one after the other. */
function steps(frames: number): number[] {
  const all = Array.from({ length: frames }, (_, frame) => frame)
  return everything ? all.slice(1) : [...all.slice(1, 30), ...all.slice(-6)]
}

/** Twenty frames in no order, the same in every run. */
function jumps(frames: number): number[] {
  return Array.from({ length: 20 }, (_, i) => (i * 7919 + 13) % frames)
}

/** Steps with the keys where the frame is near, else types its number. */
async function goToFrame(page: Page, frame: number): Promise<void> {
  const now = await page.evaluate(() => window.__whynotStage?.drawn() ?? 0)
  if (frame === now + 1) await page.keyboard.press('ArrowRight')
  else if (frame !== now) {
    const field = page.getByRole('toolbar', { name: 'Player' }).getByRole('textbox', { name: 'Frame' })
    await field.fill(String(frame))
    await field.press('Enter')
  }
  await drawnAt(page, frame)
}

async function drawnAt(page: Page, frame: number): Promise<void> {
  const there = page.waitForFunction((wanted) => window.__whynotStage?.drawn() === wanted, frame, { timeout: 20_000 })
  await there.catch(async () => {
    const drawn = await page.evaluate(() => window.__whynotStage?.drawn())
    throw new Error(`frame ${frame} was asked for and ${drawn} is drawn`)
  })
}

/** The index in the picture that is drawn, read from its pixels before any mark. */
function barcodeOnStage(page: Page, turn: number): Promise<number> {
  return page.evaluate((clockwise) => {
    const stage = window.__whynotStage!
    const { width, height } = stage.picture()!
    const place = (u: number, v: number) => {
      if (clockwise === 90) return [1 - v, u] as const
      if (clockwise === 180) return [1 - u, 1 - v] as const
      if (clockwise === 270) return [v, 1 - u] as const
      return [u, v] as const
    }
    let code = 0
    for (let k = 0; k < 12; k++) {
      const [x, y] = place((k + 0.5) / 12, 0.12)
      const pixel = stage.pixel({ x: x * width, y: y * height })!
      if ((pixel[0] + pixel[1] + pixel[2]) / 3 > 128) code += 1 << k
    }
    return code
  }, turn)
}
