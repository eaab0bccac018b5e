import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { fileAnswer } from '@main/hosts/answers'
import { encodeClip } from '@main/media/files/encode-clip'
import { importMedia } from '@main/media/import/import-media'
import { openDecoder } from '@main/media/decode/open-decoder'
import { inFolder, rounded } from './support/measure'

const frames = 180
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

/** What the page measures of one decoder on one proxy. */
interface Measured {
  /** Pictures whose own pixels say the number they are shown under. */
  exact: number
  shown: number
  jumpMs: { median: number; p95: number }
  stepMs: { median: number; p95: number }
  stepBackMs: { median: number; p95: number }
  /** Share of the pictures drawn while it plays at 1x, 30 a second. */
  played: number
}

/** Runs in the page: shows frames in the studio's own player and reads their number back from the pixels. */
const page = `
import { Player, browserParts } from '@renderer/canvas/player/player'
import { openFrameSource } from '@renderer/canvas/player/open-frame-source'
import { VideoElementSource } from '@renderer/canvas/player/video-element-source'

const open = { webcodecs: openFrameSource, video: (proxy) => VideoElementSource.open(proxy) }
const drawn = (player, frame) => new Promise((done, fail) => {
  const from = performance.now()
  const look = () => {
    if (player.drawn.value === frame) return done(performance.now() - from)
    if (player.problem.value || performance.now() - from > 10000) return fail(new Error(player.problem.value ?? 'frame ' + frame + ' never came'))
    setTimeout(look, 0)
  }
  look()
})
const barcode = (canvas) => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
  let code = 0
  for (let k = 0; k < 12; k++) {
    const at = (Math.floor(canvas.height * 0.12) * canvas.width + Math.floor((canvas.width * (k + 0.5)) / 12)) * 4
    if (pixels[at] > 128) code |= 1 << k
  }
  return code
}
const spread = (times) => {
  const sorted = [...times].sort((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)], p95: sorted[Math.floor(sorted.length * 0.95)] }
}
window.measure = async (decoder, { url, width, height, frames, fps }) => {
  const player = new Player(browserParts(open[decoder]))
  const proxy = { url, frames, fps, width, height }
  await player.open({ picture: { width, height }, fps: 30, frames, proxy, stillUrl: () => '' })
  await drawn(player, 0)
  const result = { exact: 0, shown: 0 }
  const check = (frame) => {
    result.shown++
    if (barcode(player.canvas.value) === frame) result.exact++
  }
  const timed = async (order, go) => {
    const times = []
    for (const frame of order) {
      go(frame)
      times.push(await drawn(player, frame))
      check(frame)
    }
    return spread(times)
  }
  const all = Array.from({ length: frames }, (_, i) => i)
  result.stepMs = await timed(all.slice(1), () => player.step(1))
  result.stepBackMs = await timed(all.slice(0, -1).reverse(), () => player.step(-1))
  result.jumpMs = await timed(all.map((i) => (i * 97 + 31) % frames), (frame) => player.jump(frame))
  player.jump(0)
  await drawn(player, 0)
  const seen = new Set([0])
  player.play()
  await new Promise((done) => {
    const look = () => {
      seen.add(player.drawn.value)
      if (!player.playing.value) done()
      else requestAnimationFrame(look)
    }
    look()
  })
  await drawn(player, frames - 1)
  seen.add(frames - 1)
  result.played = seen.size / frames
  player.close()
  return result
}
`

/** Pictures with their index as a barcode of 12 columns in the top quarter, over a moving ground. [H, W, 3] RGB each. */
function* numbered(width: number, height: number): Generator<Uint8Array> {
  for (let frame = 0; frame < frames; frame++) {
    const pixels = new Uint8Array(width * height * 3)
    for (let at = 0; at < width * height; at++) {
      const [x, y] = [at % width, Math.floor(at / width)]
      const isSet = ((frame >> Math.floor((12 * x) / width)) & 1) === 1
      pixels.fill(y < height / 4 ? (isSet ? 235 : 16) : (x * 2 + y + frame * 3) & 127, at * 3, at * 3 + 3)
    }
    yield pixels
  }
}

async function aProxy(folder: string, width: number, height: number) {
  const decoder = await openDecoder('auto')
  const file = join(folder, `film${width}.mp4`)
  await encodeClip(decoder, numbered(width, height), { file, width, height, fps: 30, lossless: false })
  const mediaFolder = join(folder, 'media')
  const { proxy } = (await importMedia(file, { mediaFolder, decoder })).record
  if (!proxy) throw new Error('no proxy was made')
  return { ...proxy, frames, url: `/media/${proxy.file}` }
}

async function buildPage(folder: string): Promise<string> {
  const root = resolve(import.meta.dirname, '..')
  const outDir = join(folder, 'page')
  mkdirSync(outDir)
  const entry = 'virtual:player-page'
  await build({
    ...{ root, configFile: false, logLevel: 'error' },
    resolve: { alias: { '@shared': join(root, 'src/shared'), '@renderer': join(root, 'src/renderer') } },
    plugins: [
      {
        name: 'player-page',
        resolveId: (id) => (id === entry ? join(root, 'bench/player-page.js') : null),
        load: (id) => (id === join(root, 'bench/player-page.js') ? page : null),
      },
    ],
    build: {
      ...{ outDir, target: 'chrome140', emptyOutDir: true },
      rollupOptions: { input: entry, output: { entryFileNames: 'page.js' } },
    },
  })
  writeFileSync(join(outDir, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>')
  return outDir
}

function serve(pageFolder: string, mediaFolder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench')
    const name = pathname === '/' ? 'index.html' : basename(pathname)
    const file = join(pathname.startsWith('/media/') ? mediaFolder : pageFolder, name)
    void fileAnswer(file, request.headers.range ?? null).then(({ status, headers, body }) => {
      response.writeHead(status, headers)
      if (body && 'file' in body) createReadStream(body.file, { start: body.from, end: body.to }).pipe(response)
      else response.end(body ?? undefined)
    })
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/**
 * The studio's player in Chromium: is every frame itself, and how long until it is drawn. Both decoders, two sizes; of the
 * small film all frames fit the cache, so its jumps are mostly answered from there.
 */
export async function bench(say: (line: string) => void) {
  return inFolder(async (folder) => {
    const sizes = [
      [320, 240],
      [1280, 720],
    ] as const
    const films = []
    for (const [width, height] of sizes) films.push(await aProxy(folder, width, height))
    const server = await serve(await buildPage(folder), join(folder, 'media'))
    const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
    const browser = await chromium.launch({ executablePath, args: quiet })
    try {
      const window = await browser.newPage()
      await window.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      await window.waitForFunction('window.measure')
      const results: Record<string, unknown> = {}
      for (const film of films)
        for (const decoder of ['webcodecs', 'video']) {
          const call = `measure(${JSON.stringify(decoder)}, ${JSON.stringify(film)})`
          const measured = await window.evaluate<Measured>(call)
          const { exact, shown, jumpMs, stepMs, stepBackMs, played } = measured
          say(`${decoder}, ${film.width}x${film.height}: ${exact} of ${shown} frames exact`)
          const times = Object.entries({ jumpMs, stepMs, stepBackMs }).map(([key, { median, p95 }]) => {
            return [key, { median: rounded(median), p95: rounded(p95) }]
          })
          results[`${decoder} ${film.width}x${film.height}`] = {
            exact,
            shown,
            ...Object.fromEntries(times),
            played: rounded(played),
          }
        }
      return results
    } finally {
      await browser.close()
      server.close()
    }
  })
}
