import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JobId, RunId } from '@shared/ids'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import { WorkDesk } from '@main/machines/studio/work-desk'
import type { BegunWork, Work } from '@main/runs/work'
import { tempFolder } from '../../../../support/studio'

let folder: ReturnType<typeof tempFolder>
beforeEach(() => (folder = tempFolder()))
afterEach(() => folder[Symbol.dispose]())

const run = RunId.parse('r1')
const job = JobId.parse('j1')
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const holder = { job, owner: 'a' }

/** A desk with one training that worker `a` holds, and what it heard. */
async function aDesk() {
  const store = new MemoryJobStore()
  await store.add({
    id: job,
    kind: 'classifier',
    title: '',
    payload: null,
    run,
    priority: 0,
    after: [],
    mostAttempts: 3,
  })
  await store.claim({ kinds: ['classifier'], owner: 'a', leaseMs: 60_000 })
  mkdirSync(join(folder.path, 'media'))
  writeFileSync(join(folder.path, 'media', 'v.mp4'), 'film')
  const rows = { train: [{ video: { path: 'media/v.mp4' } }], test: [] }
  const heard: string[] = []
  const work: Work = {
    begin: async () =>
      ({ task: 'classifier', input: { bundle: { run: { id: run }, rows }, resume: false } }) as unknown as BegunWork,
    hear: (_, event) => void heard.push(event.kind === 'log' ? event.line : event.kind),
    finish: async () => 'result',
  }
  return { store, heard, desk: new WorkDesk({ folder: folder.path, store, works: { classifier: work } }) }
}
const line = (text: string) => ({ kind: 'log' as const, line: text })
const send = (desk: WorkDesk, text: string, from = 0) =>
  desk.append(holder, { sha256: hash('weights'), from }, Readable.from([Buffer.from(text)]))

test('a job is handed out with its files by what is in them, and their bytes are found by that', async () => {
  const { desk } = await aDesk()
  const { files } = await desk.begin(holder, false)
  expect(files).toEqual([{ path: 'media/v.mp4', bytes: 4, sha256: hash('film') }])
  expect(await desk.fileOf(hash('film'))).toBe(join(folder.path, 'media/v.mp4'))
  writeFileSync(join(folder.path, 'media', 'v.mp4'), 'another film')
  expect(await desk.fileOf(hash('film'))).toBeNull()
})

test('events that are sent twice are taken once, and in their order', async () => {
  const { desk, heard } = await aDesk()
  await desk.begin(holder, false)
  await desk.hear(holder, 0, [line('1'), line('2')])
  await desk.hear(holder, 0, [line('1'), line('2'), line('3')])
  await desk.hear(holder, 3, [line('4')])
  expect(heard).toEqual(['1', '2', '3', '4'])
})

test('whoever does not hold the job is told so, and nothing of theirs is taken', async () => {
  const { desk, heard } = await aDesk()
  const other = { job, owner: 'b' }
  await expect(desk.begin(other, false)).rejects.toMatchObject({ code: 'JOB_LOST' })
  await expect(desk.hear(other, 0, [line('x')])).rejects.toMatchObject({ code: 'JOB_LOST' })
  await expect(desk.finish(other, {})).rejects.toMatchObject({ code: 'JOB_LOST' })
  expect(heard).toEqual([])
})

test('a file arrives in pieces, is checked, and is put in place with its folder', async () => {
  const { desk } = await aDesk()
  const sha256 = hash('weights')
  expect(await send(desk, 'wei')).toBe(3)
  expect(await send(desk, 'wei'), 'sent twice').toBe(3)
  expect(await desk.there(holder, sha256)).toBe(3)
  const folders = [{ name: 'model' as const, files: [{ path: 'weights.safetensors', sha256 }] }]
  await expect(desk.place(holder, folders)).rejects.toMatchObject({ code: 'RUN_DAMAGED' })
  expect(existsSync(join(folder.path, 'runs', run, 'model'))).toBe(false)
  expect(await send(desk, 'weights')).toBe(7)
  await desk.place(holder, folders)
  expect(readFileSync(join(folder.path, 'runs', run, 'model', 'weights.safetensors'), 'utf8')).toBe('weights')
  expect(await desk.there(holder, sha256), 'not to be sent again').toBe(7)
  expect(existsSync(join(folder.path, 'runs', run, 'incoming'))).toBe(false)
})

test('a job whose end is on disk is done', async () => {
  const { desk, store } = await aDesk()
  await desk.finish(holder, { testAccuracy: 1 })
  expect(await store.get(job)).toMatchObject({ state: 'done', result: 'result' })
})
