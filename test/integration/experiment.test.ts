import { spawn } from 'node:child_process'
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import type { JobId } from '@shared/ids'
import { builtHost, removeHost } from '../support/built-host'
import { studioIn, tempFolder, useCachedEngine } from '../support/studio'

const folder = tempFolder()
const project = join(folder.path, 'p')
const out = join(folder.path, 'out')
let host = ''

interface Said {
  code: number | null
  out: string
  err: string
}

/** Runs `whynot experiment` as a person would; `stopAt` presses Ctrl+C when that text appears on standard error. */
function experiment(args: string[], { stopAt = '' } = {}): Promise<Said> {
  const env = { ...process.env, WHYNOT_HOME: join(folder.path, 'home') }
  const command = ['experiment', ...args, '--project', project, '--out', out]
  const child = spawn(process.execPath, [join(host, 'terminal.js'), ...command], { cwd: folder.path, env })
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

const text = (name: string) => readFileSync(join(out, name), 'utf8')
const rowsOf = (name: string) => parse(text(name), { columns: true }) as Record<string, string>[]

/** A sample of 4 classes with both models, trained far too briefly: only the way matters here. */
beforeAll(async () => {
  await useCachedEngine()
  host = await builtHost()
  await using own = studioIn(host, join(folder.path, 'home'))
  await own.studio.create(project, 'Small, and "quoted"')
  const { samples, runs } = own.studio.workspace()
  const ended = async (job: JobId) => {
    for await (const _ of own.studio.jobs.watch()) {
      const { state, failure } = await own.studio.jobs.get(job)
      if (state === 'done') return
      if (state !== 'queued' && state !== 'running') throw new Error(failure?.message ?? state)
    }
  }
  const sample = { removable: 2, size: 32, frames: 8, cell: 4, train: 16, test: 4 }
  await ended((await samples.start(SampleConfig.parse(sample))).job)
  const small = {
    size: 32,
    frames: 8,
    stem: 4,
    widths: [4, 4, 4, 4],
    poolAfter: ['stem', 'block1'],
    batch: 8,
    epochs: 1,
  }
  const classifier = await runs.start({ kind: 'classifier', preset: 'Custom', config: ClassifierConfig.parse(small) })
  await ended(classifier.job)
  const config = ExplainerConfig.parse({ steps: 4, batch: 4 })
  const explainer = await runs.start({ kind: 'explainer', preset: 'Custom', explains: classifier.run, config })
  await ended(explainer.job)
})
afterAll(() => {
  folder[Symbol.dispose]()
  removeHost(host)
})

/** Lets no worker begin before the gate is opened: what waits for the engine waits until then, however long it takes. */
function closedGate(): { open: () => void } {
  const [worker, behind] = ['worker.js', 'worker-behind.js'].map((name) => join(host, name)) as [string, string]
  renameSync(worker, behind)
  writeFileSync(worker, "setInterval(() => {}, 1000); process.on('disconnect', () => process.exit())")
  return { open: () => renameSync(behind, worker) }
}

test('Ctrl+C in the middle stops it, and what is finished is there, whole', async () => {
  const gate = closedGate()
  const stopped = await experiment(['all'], { stopAt: 'waiting for the engine' })
  gate.open()
  expect([stopped.code, stopped.err]).toEqual([130, expect.stringMatching(/Stopped on request/)])
  expect(readdirSync(out).sort()).toEqual(['experiment.json', 'report.html', 'table1.csv', 'table1.json'])
  expect(rowsOf('table1.csv')[0]).toMatchObject({ source: 'project', data: 'Small, and "quoted", all', videos: '20' })
})

test('the next call goes on, and makes every table, figure and the page', async () => {
  const { code, out: said } = await experiment(['all'])
  expect(code).toBe(0)
  expect(said).toMatch(/Table 1: the data: nothing has changed.*\nGoing on with the evaluation/)
  expect(said).toMatch(/classifier 1, fc 3 trained.*\n.*explainer 1, fc 3 trained/)
  // 4 clips, each against its 3 negatives.
  const best = rowsOf('table2.csv').find(({ method }) => method === 'The method, ranked by min')!
  expect(best.decrease_count).toBe('12')
  const curve = rowsOf('figure5.csv').filter((row) => row.curve === 'method-all-each1-top1')
  expect(curve.map(({ n, nca_count }) => [n, nca_count])).toEqual([
    ['1', '4'],
    ['2', '8'],
    ['3', '12'],
  ])
  // Each baseline stands in the same figure, several outputs have a control of as many random tubes.
  const curves = new Set(rowsOf('figure5.csv').map((row) => row.curve))
  for (const one of ['selectByMax-all-together3-top3', 'randomTube-all-together3-top3', 'centreCrop-all-each1-top5'])
    expect(curves).toContain(one)
  expect(rowsOf('table4.csv').map(({ source, fc1, fc2, fc3 }) => source === 'paper' && [fc1, fc2, fc3])).toContainEqual(
    ['0.62', '0.64', '0.59'],
  )
  const page = text('report.html')
  expect(page).toContain('Small, and &#34;quoted&#34;')
  expect(page).toContain('data:image/jpeg;base64,')
  expect(page).not.toMatch(/NaN|undefined/)
})

test('the numbers are those of the evaluation that `evaluate` would print for the same settings', async () => {
  const { parts } = JSON.parse((await experiment(['table2', '--json'])).out)
  const { from } = JSON.parse(text('experiment.json')).parts.table2
  await using own = studioIn(host, join(folder.path, 'home'))
  await own.studio.open(project)
  const { columns } = await own.api.evaluation.get({ id: from.evaluation })
  for (const { method, metrics } of columns) {
    const name = method === 'randomTube' ? 'Random tube' : method === 'method' ? 'The method, ranked by min' : ''
    const row = parts.table2.table.rows.find(({ cells }: { cells: { method: string } }) => cells.method === name)
    if (row) expect([row.cells.decrease, row.cells.drop]).toEqual([metrics.probabilityDecrease, metrics.relativeDrop])
  }
})

test('a call with the same settings computes nothing, and says so of each part', async () => {
  const again = await experiment(['all'])
  expect(again.out.match(/nothing has changed/g)).toHaveLength(6)
  expect(again.err).toBe('')
})

test('an experiment that the paper has not is refused, and so is no folder for the files', async () => {
  expect(await experiment(['table9'])).toMatchObject({ code: 1, err: expect.stringMatching(/table9.*Allowed choices/) })
  const help = await experiment(['--help'])
  expect(help.out).toMatch(/--out <folder>.*--negatives/s)
})
