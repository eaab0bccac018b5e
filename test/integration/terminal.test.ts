import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDecoder } from '@main/media/decode/open-decoder'
import { encodeClip } from '@main/media/files/encode-clip'
import { openProject } from '@main/project/project'
import { builtHost, removeHost } from '../support/built-host'
import { openEngine } from '@main/learning/engine/open-engine'
import { layersFile } from '../support/foreign-model'
import { tempFolder, useCachedEngine } from '../support/studio'

const folder = tempFolder()
const project = join(folder.path, 'p')
const videos = join(folder.path, 'videos')
let host = ''

interface Said {
  code: number | null
  out: string
  err: string
}

/** Runs `whynot` as a person would; `stopAt` presses Ctrl+C when that text appears on standard error. */
function whynot(args: string[], { cwd = folder.path, stopAt = '' } = {}): Promise<Said> {
  const env = { ...process.env, WHYNOT_HOME: join(folder.path, 'home') }
  const child = spawn(process.execPath, [join(host, 'terminal.js'), ...args], { cwd, env })
  const said: Said = { code: null, out: '', err: '' }
  child.stdout.on('data', (text) => (said.out += String(text)))
  child.stderr.on('data', (text) => {
    said.err += String(text)
    if (stopAt && said.err.includes(stopAt)) {
      stopAt = ''
      child.kill('SIGINT')
    }
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...said, code })))
}

/** Short clips of two plain colours that move, a folder per class. */
async function makeVideos(): Promise<void> {
  const decoder = await openDecoder('auto')
  for (const [label, colour] of [
    ['red ones', 200],
    ['dark ones', 40],
  ] as const) {
    mkdirSync(join(videos, label), { recursive: true })
    for (let i = 0; i < 6; i++) {
      const frames = Array.from({ length: 10 }, (_, t) => {
        const pixels = new Uint8Array(32 * 32 * 3).fill(colour + i)
        pixels.fill(255, t * 96, t * 96 + 30)
        return pixels
      })
      const file = join(videos, label, `${label[0]}${i}.mkv`)
      await encodeClip(decoder, frames, { file, width: 32, height: 32, fps: 8, lossless: true })
    }
  }
  writeFileSync(join(videos, 'red ones', 'no video.mp4'), 'this is text')
  const list = (of: readonly number[]) => of.flatMap((i) => [`r${i}`, `d${i}`]).join('\n')
  writeFileSync(join(folder.path, 'train.txt'), list([0, 1, 2, 3]))
  writeFileSync(join(folder.path, 'test.txt'), list([4, 5]))
}

beforeAll(async () => {
  await useCachedEngine()
  await openEngine()
  host = await builtHost()
  await makeVideos()
})
afterAll(() => {
  folder[Symbol.dispose]()
  removeHost(host)
})

test('the help of the built program names every setting', async () => {
  const { code, out } = await whynot(['train', 'classifier', '--help'])
  expect([code, out]).toEqual([0, expect.stringContaining('--weight-decay')])
})

test('a project is made, and videos are imported: exit code 2 says that one was refused, the rows say which and why', async () => {
  expect((await whynot(['new', 'p', '--json'])).code).toBe(0)
  const lists = ['--train-list', 'train.txt', '--test-list', 'test.txt']
  const { code, out } = await whynot(['import', videos, ...lists, '--project', 'p', '--json'])
  expect(code).toBe(2)
  const report = JSON.parse(out)
  expect(report).toMatchObject({ imported: 12, failed: 1 })
  const refused = report.rows.find((row: { status: string }) => row.status === 'failed')
  expect(refused).toMatchObject({ video: null, reason: expect.stringMatching(/not a video/i) })
})

test('the folder one stands in is the project; elsewhere the lack of one is said', async () => {
  expect(JSON.parse((await whynot(['runs', '--json'], { cwd: project })).out)).toEqual([])
  const { code, err, out } = await whynot(['runs'])
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^There is no project in this folder\..*\n {2}path: /)
})

test('labels come from a list of words and from a CSV file; an unknown name changes nothing', async () => {
  const some = await whynot(['label', '--class', 'red ones', '--attributes', 'red, bright', '--json'], { cwd: project })
  expect(JSON.parse(some.out)).toMatchObject({ labels: 12, videos: 6, newAttributes: ['red', 'bright'] })
  writeFileSync(join(project, 'labels.csv'), 'class,attribute,value\ndark ones,dark,present\n')
  expect((await whynot(['label', 'labels.csv'], { cwd: project })).code).toBe(0)
  const wrong = await whynot(['label', '--class', 'green ones', '--attributes', 'x'], { cwd: project })
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/nothing of this name.*green ones/s)])
})

test('training says a line per report, and the runs are listed afterwards', async () => {
  const settings = [
    '--size',
    '32',
    '--frames',
    '8',
    '--stem',
    '4',
    '--widths',
    '4,4,4,4',
    '--batch',
    '4',
    '--epochs',
    '2',
  ]
  const trained = await whynot(['train', 'classifier', '--name', 'first', ...settings], { cwd: project })
  expect([trained.code, trained.err]).toEqual([0, expect.stringContaining('training, epoch')])
  expect(trained.out).toMatch(/epoch 2\.00 .*testAccuracy.*\nfirst is done\./s)
  const explained = await whynot(['train', 'explainer', '--steps', '5', '--batch', '2', '--json'], { cwd: project })
  expect(JSON.parse(explained.out)).toMatchObject({
    kind: 'explainer',
    state: 'done',
    attributes: ['red', 'bright', 'dark'],
  })
  expect((await whynot(['runs'], { cwd: project })).out).toMatch(/^explainer 1 .*\nfirst {2}classifier {2}done/)
  expect((await whynot(['runs', '--archive', 'first'], { cwd: project })).out).not.toContain('first')
  const restored = await whynot(['runs', '--restore', 'first'], { cwd: project })
  expect(restored.out).toMatch(/\nfirst {2}classifier {2}done/)
  const noted = await whynot(['runs', '--tag', 'first=paper, seed 1', '--note', 'first=The one to keep.'], {
    cwd: project,
  })
  expect(noted.out).toMatch(/\nfirst {2}classifier {2}done {2}#paper {2}#seed 1 .*\(The one to keep\.\)/)
  const tagged = await whynot(['runs', '--tagged', 'paper'], { cwd: project })
  expect(tagged.out.trim().split('\n')).toHaveLength(1)
  const unknown = await whynot(['runs', '--archive', 'frist'], { cwd: project })
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('frist')])
})

test('a network is summed up without training it: layers, parameters, what a cell sees, what speaks against it', async () => {
  const small = ['--size', '224', '--frames', '8', '--stem', '4', '--widths', '4,4,4,4']
  const { code, out } = await whynot(['train', 'classifier', '--summary', ...small], { cwd: project })
  expect(code).toBe(0)
  expect(out).toMatch(/^layer +output +parameters\nstem +8 x 224 x 224 x 4 +332\n/)
  expect(out).toMatch(/block4\.conv2: 28 x 28 cells of 8 px; a cell sees 98 of 224 px and all 8 frames/)
  expect(out).toMatch(/^warn: A cell of block4\.conv2 sees 98 of 224 pixels/m)
  const asData = await whynot(['train', 'classifier', '--summary', '--json', ...small], { cwd: project })
  const { parameters, layers, taps } = JSON.parse(asData.out)
  expect(parameters).toBe(layers.reduce((sum: number, layer: { parameters: number }) => sum + layer.parameters, 0))
  expect(taps).toHaveLength(2)
  const runs = JSON.parse((await whynot(['runs', '--json'], { cwd: project })).out)
  expect(runs).toHaveLength(2)
})

test('a setting outside its bounds is refused by its flag, an unknown flag by its name', async () => {
  const bad = await whynot(['train', 'classifier', '--fc-layers', '9'], { cwd: project })
  expect([bad.code, bad.err]).toEqual([1, expect.stringMatching(/setting: --fc-layers/)])
  const short = await whynot(['train', 'classifier', '--widths', '8,8'], { cwd: project })
  expect([short.code, short.err]).toEqual([1, expect.stringContaining('It takes a list of 4, commas between')])
  const finished = await whynot(['train', 'classifier', '--resume', 'first'], { cwd: project })
  expect([finished.code, finished.err]).toEqual([1, expect.stringContaining('first is done')])
  const unknown = await whynot(['train', 'classifier', '--fc-layer', '1'], { cwd: project })
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/unknown option '--fc-layer'/)])
})

test('Ctrl+C stops a run; it can go on from where it was', async () => {
  const settings = [
    '--size',
    '32',
    '--frames',
    '8',
    '--stem',
    '4',
    '--widths',
    '4,4,4,4',
    '--epochs',
    '400',
    '--batch',
    '4',
  ]
  const long = ['train', 'classifier', '--name', 'long', ...settings]
  const stopped = await whynot(long, { cwd: project, stopAt: 'training, epoch 2' })
  expect(stopped.code).toBe(130)
  expect(stopped.err).toMatch(/Stopped on request/)
  const runs = JSON.parse((await whynot(['runs', '--json'], { cwd: project })).out)
  expect(runs[0]).toMatchObject({ name: 'long', state: 'cancelled' })
})

test('an explanation is printed, given as JSON, and written as a page', async () => {
  const words = await whynot(['explain', '--video', 'r4', '--is', 'red ones', '--not', 'dark ones'], { cwd: project })
  expect(words.out).toMatch(/^Why red ones \(p [\d.]+\), not dark ones \(p [\d.]+\)\?\n(?:.+\n)*1\. /)
  const json = await whynot(['explain', '--video', 'r4.mkv', '--top', '2', '--json'], { cwd: project })
  expect(JSON.parse(json.out)).toMatchObject({ videoName: 'r4', cards: [{ name: expect.any(String) }, {}] })
  expect((await whynot(['explain', '--video', 'r4', '--html', 'r4.html'], { cwd: project })).code).toBe(0)
  expect(readFileSync(join(project, 'r4.html'), 'utf8')).toContain('data:image/jpeg;base64,')
  const unknown = await whynot(['explain', '--video', 'r9'], { cwd: project })
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/name: r9\n {2}known: .*r4/)])
})

test("somebody else's model is listed, brought in with the names of its outputs, and explained", async () => {
  const file = await layersFile({ frames: 8, side: 32, classes: 2 })
  const listed = await whynot(['import-model', file, '--inspect'], { cwd: project })
  expect(listed.out).toMatch(/^LayersModel: takes 8 frames of 32 x 32, puts out 2 probabilities\n/)
  expect(listed.out).toMatch(/second_relu +ReLU +8 x 8 x 8 x 8 +feature map, proposed\n/)
  expect(listed.out).toMatch(/Bring it in with: --taps second_relu$/m)
  writeFileSync(join(project, 'names.txt'), 'red ones\ndark ones\n')
  const named = ['--classes', 'names.txt', '--name', 'theirs', '--taps', 'second_relu', '--scale=-1..1']
  const brought = await whynot(['import-model', file, ...named], { cwd: project })
  expect([brought.code, brought.out]).toEqual([0, expect.stringMatching(/^theirs is done\. {2}testAccuracy [01]\.\d/)])
  expect(brought.out).toMatch(/second_relu: 8 x 8 cells of 4 px; a cell sees 7 of 32 px and 5 of 8 frames/)
  expect(brought.out).toMatch(/Outputs in their order: red ones, dark ones/)
  const quick = ['--classifier', 'theirs', '--name', 'of theirs', '--steps', '3', '--batch', '2']
  expect((await whynot(['train', 'explainer', ...quick], { cwd: project })).code).toBe(0)
  const why = await whynot(['explain', '--video', 'r4', '--run', 'of theirs'], { cwd: project })
  expect(why.out).toMatch(/^Why (red|dark) ones/)
  const wrong = await whynot(['import-model', file, '--taps', 'flat'], { cwd: project })
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/cannot be explained as it is.*flat puts out/s)])
  writeFileSync(join(project, 'names.txt'), 'red ones\ngreen ones\n')
  const unknown = await whynot(['import-model', file, '--classes', 'names.txt'], { cwd: project })
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/no class of this name: green ones/)])
})

test('an evaluation prints its table', async () => {
  const { code, out } = await whynot(['evaluate', '--pairs', 'all', '--json'], { cwd: project })
  expect(code).toBe(0)
  expect(JSON.parse(out).methods.method).toHaveProperty('ncaTop1')
})

test('a project from a newer studio, and one that is being written to, are refused and left as they are', async () => {
  const newer = join(folder.path, 'newer')
  mkdirSync(newer)
  copyFileSync(join(project, 'project.db'), join(newer, 'project.db'))
  const database = new Sqlite(join(newer, 'project.db'))
  database.pragma('user_version = 999')
  database.close()
  const before = readFileSync(join(newer, 'project.db'))
  const future = await whynot(['runs', '--project', newer])
  expect([future.code, future.err]).toEqual([1, expect.stringMatching(/written by a newer version/)])
  expect(readFileSync(join(newer, 'project.db')).equals(before)).toBe(true)

  const writer = openProject(project)
  const busy = await whynot(['runs', '--project', project])
  writer.close()
  expect([busy.code, busy.err]).toEqual([1, expect.stringMatching(/Another studio is writing to this project/)])
})

test('a command joins the studio that holds the project, and what it does appears there', async () => {
  const env = { ...process.env, WHYNOT_HOME: join(folder.path, 'home') }
  const args = [join(host, 'browser.js'), '--project', project]
  const studio = spawn(process.execPath, args, { cwd: folder.path, env })
  const line = await new Promise<string>((resolve) => studio.stdout.once('data', (text) => resolve(String(text))))
  const link = new URL(line.trim().replace('READY ', ''))
  const headers = { authorization: `Bearer ${link.searchParams.get('token')}` }
  const seen = async (path: string) => (await fetch(`${link.origin}/api${path}`, { headers })).json()
  try {
    const said = await whynot(['label', '--class', 'dark ones', '--attributes', 'from outside', '--json'], {
      cwd: project,
    })
    expect(JSON.parse(said.out)).toMatchObject({ labels: 6, newAttributes: ['from outside'] })
    expect(await seen('/attributes')).toContainEqual(expect.objectContaining({ name: 'from outside', videos: 6 }))
    const again = await whynot(['import', videos, '--project', 'p', '--split', 'train', '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ imported: 0, duplicate: 12 })
    const before = JSON.parse((await whynot(['runs', '--json'], { cwd: project })).out)
    expect(before).toEqual(await seen('/runs'))
    const small = [
      '--size',
      '32',
      '--frames',
      '8',
      '--stem',
      '4',
      '--widths',
      '4,4,4,4',
      '--batch',
      '4',
      '--epochs',
      '1',
    ]
    const pools = ['--pool-after', 'stem,block1', '--name', 'from outside', '--json']
    const trained = await whynot(['train', 'classifier', ...small, ...pools], { cwd: project })
    expect([trained.code, trained.err]).toEqual([0, expect.stringContaining('training')])
    expect(await seen('/runs')).toContainEqual(expect.objectContaining({ name: 'from outside', state: 'done' }))
    expect(await seen('/jobs')).toContainEqual(
      expect.objectContaining({ title: 'Training from outside', state: 'done' }),
    )
    const explained = await whynot(['explain', '--video', 'r4', '--json'], { cwd: project })
    expect(JSON.parse(explained.out)).toMatchObject({ videoName: 'r4' })
    const wrong = await whynot(['explain', '--video', 'nothing'], { cwd: project })
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/nothing of this name.*known: d0/s)])
  } finally {
    const gone = new Promise((resolve) => studio.once('close', resolve))
    studio.kill('SIGTERM')
    await gone
  }
})

test('serve prints one line with the link and ends on Ctrl+C; a port in use is said', async () => {
  const env = { ...process.env, WHYNOT_HOME: join(folder.path, 'home'), WHYNOT_ENGINE: 'wasm' }
  const args = [join(host, 'terminal.js'), 'serve', '--no-open', '--project', project]
  const child = spawn(process.execPath, args, { cwd: folder.path, env })
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))))
  expect(line).toMatch(/^READY http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+\n$/)
  const link = line.trim().split(' ')[1]!
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(303)
  const gone = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.kill('SIGINT')
  expect(await gone).toBe(0)

  const blocker = createServer()
  const port = await new Promise<number>((resolve) =>
    blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port)),
  )
  const taken = await whynot(['serve', '--no-open', '--port', String(port)])
  blocker.close()
  expect([taken.code, taken.err]).toEqual([1, expect.stringContaining(`port: ${port}`)])
})

test('the doctor says what is in use', async () => {
  const { out } = await whynot(['doctor', '--json'])
  const report = JSON.parse(out)
  expect(report).toMatchObject({ node: process.version, media: { decoder: 'node-av' }, engine: { state: 'ready' } })
  expect(existsSync(join(folder.path, 'home', 'logs', 'studio.log'))).toBe(true)
})

test('a sweep is started as one group, says each run and what they came to, and wrong settings are named', async () => {
  const settings = [
    '--size',
    '32',
    '--frames',
    '8',
    '--stem',
    '4',
    '--widths',
    '4,4,4,4',
    '--batch',
    '4',
    '--epochs',
    '1',
  ]
  const line = ['sweep', 'classifier', '--name', 'seeds', ...settings, '--vary', 'seed=0..2']
  const { code, out, err } = await whynot([...line, '--json'], { cwd: project })
  expect([code, err]).toEqual([0, expect.stringContaining('seeds')])
  expect(JSON.parse(out)).toMatchObject({
    sweep: { name: 'seeds', axes: [{ field: 'seed', from: 0, to: 2 }], plan: { method: 'grid' } },
    runs: [0, 1, 2].map((seed) => ({ name: `seeds.${seed + 1}`, state: 'done', values: { seed } })),
    best: expect.stringMatching(/^seeds\.[123]$/),
    spread: { count: 3, mean: expect.any(Number), deviation: expect.any(Number) },
  })
  const words = await whynot(['sweep', 'classifier', ...settings, '--vary', 'learning-rate=0.01'], { cwd: project })
  expect(words.out).toMatch(
    /^sweep 1\.1 {2}done {2}learningRate 0\.01 .*\nsweep 1: 1 of 1 runs are done\.\ntestAccuracy /,
  )
  const unknown = await whynot(['sweep', 'classifier', '--vary', 'speed=1'], { cwd: project })
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/--vary speed=1[\s\S]*learning-rate/)])
  const bad = await whynot(['sweep', 'classifier', '--vary', 'fc-layers=1,9'], { cwd: project })
  expect([bad.code, bad.err]).toEqual([1, expect.stringMatching(/fcLayers[\s\S]*1 to 3, and would be 9/)])
  const none = await whynot(['sweep', 'explainer'], { cwd: project })
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('--vary')])
})
