import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Job } from '@shared/contract/jobs'
import { JobId } from '@shared/ids'
import { aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

const aJob = (id: string, values: Partial<Job> = {}): Job => ({
  id: JobId.parse(id),
  kind: 'import',
  title: 'Import 3 videos',
  state: 'queued',
  progress: null,
  run: null,
  failure: null,
  result: null,
  createdAt: 1,
  startedAt: null,
  endedAt: null,
  ...values,
})

test('a job is kept with what it was asked, and changes while it runs', () => {
  const { jobs } = made.project.repositories
  jobs.create(aJob('j1'), { paths: ['/a'] })
  expect(jobs.get(JobId.parse('j1'))).toEqual(aJob('j1'))
  const progress = { label: 'reading videos', done: 1, total: 3, secondsLeft: null }
  expect(jobs.update(JobId.parse('j1'), { state: 'running', progress })).toMatchObject({ state: 'running', progress })
  expect(jobs.input(JobId.parse('j1'))).toEqual({ paths: ['/a'] })
  expect(() => jobs.update(JobId.parse('none'), { state: 'done' })).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  )
})

test('what ran when the studio ended is interrupted at the next start; what waited still waits', () => {
  const { jobs } = made.project.repositories
  for (const state of ['running', 'queued', 'done'] as const) jobs.create(aJob(state, { state }), null)
  expect(jobs.interruptRunning(77)).toMatchObject([{ id: 'running', state: 'interrupted', endedAt: 77 }])
  expect(Object.fromEntries(jobs.list().map(({ id, state }) => [id, state]))).toEqual({
    running: 'interrupted',
    queued: 'queued',
    done: 'done',
  })
})
