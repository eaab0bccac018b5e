import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { JobId, RunId } from '@shared/ids'
import { Failure } from '@shared/failures'
import { JobFolder } from '@main/machines/worker/job-folder'
import { Outbox } from '@main/machines/worker/outbox'
import type { StudioLine } from '@main/machines/worker/studio-line'
import { tempFolder } from '../../../../support/studio'

const folder = tempFolder()
afterEach(() => folder[Symbol.dispose]())
const run = RunId.parse('r1')

/** A line to a studio that writes down what it is told. */
function aLine(refuse: { events?: Error } = {}) {
  const told: string[] = []
  const line = {
    events: async (_: unknown, first: number, events: { kind: string }[]) => {
      if (refuse.events) throw refuse.events
      told.push(`rows ${first} to ${first + events.length - 1}`)
    },
    upload: async (_: unknown, _file: string, { bytes }: { bytes: number }) => void told.push(`${bytes} bytes`),
    place: async (_: unknown, folders: { name: string; files: unknown[] }[]) =>
      void told.push(`place ${folders.map(({ name, files }) => `${name} ${files.length}`).join(', ')}`),
    finish: async () => void told.push('done'),
  } as unknown as StudioLine
  return { line, told }
}

function aJob(line: StudioLine) {
  const job = new JobFolder(join(folder.path, 'job'))
  const of = { project: 'p', job: JobId.parse('j'), owner: 'o', signal: new AbortController().signal }
  return { job, outbox: new Outbox({ line, of, folder: job, run }) }
}

function saveState({ path }: JobFolder, epoch: number): void {
  const last = join(path, 'runs', run, 'last')
  mkdirSync(last, { recursive: true })
  writeFileSync(join(last, 'model.json'), JSON.stringify({ epoch, sha256: {} }))
}

const point = (step: number) => ({
  kind: 'metrics' as const,
  points: [{ step, epoch: step, at: 1, values: { loss: 1 } }],
})
const checkpoint = (epoch: number) => ({
  kind: 'checkpoint' as const,
  checkpoint: { file: 'last', step: epoch, epoch, best: false, values: {}, at: 1 },
})

test('the rows of a state are at the studio before its files, and the job is done after both', async () => {
  const { line, told } = aLine()
  const { job, outbox } = aJob(line)
  outbox.hear(point(1))
  saveState(job, 1)
  outbox.hear(checkpoint(1))
  await outbox.finish({})
  expect(told[0]).toBe('rows 0 to 0')
  expect(told.indexOf('rows 1 to 1')).toBeLessThan(told.findIndex((words) => words.startsWith('place')))
  expect(told.at(-1)).toBe('done')
})

test('a state that is newer than its rows waits for them', async () => {
  const { line, told } = aLine()
  const { job, outbox } = aJob(line)
  saveState(job, 2)
  outbox.hear(checkpoint(1))
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(told.some((words) => words.startsWith('place'))).toBe(false)
  outbox.hear(point(2))
  outbox.hear(checkpoint(2))
  await expect.poll(() => told.at(-1)).toBe('place model 0, last 1')
  expect(told.slice(0, -2).every((words) => words.startsWith('rows'))).toBe(true)
})

test('whoever works hears that the studio takes nothing more', async () => {
  const { line } = aLine({ events: new Failure('JOB_LOST', { job: 'j' }) })
  const { outbox } = aJob(line)
  outbox.hear(point(1))
  await expect(outbox.failed).rejects.toMatchObject({ code: 'JOB_LOST' })
})
