import { expect, test } from 'vitest'
import { JobId } from '@shared/ids'
import { seenHere } from '@main/runs/left-elsewhere'
import type { Repositories } from '@main/store/repositories'

const jobs = { find: (id: JobId) => (id === 'here' ? {} : null) } as unknown as Repositories['jobs']
const row = { job: JobId.parse('far'), state: 'queued', failure: null, createdAt: 1 } as const
const known = { isShared: false, openedAt: 10 }

test('what waits by a job that is nowhere here is interrupted, and says that it lies in a Redis', () => {
  expect(seenHere(row, { jobs }, known)).toMatchObject({ state: 'interrupted', failure: { code: 'JOB_ELSEWHERE' } })
})

test.each([
  ['the studio has a Redis', row, { ...known, isShared: true }],
  ['the job is here', { ...row, job: JobId.parse('here') }, known],
  ['it has ended', { ...row, state: 'done' as const }, known],
  ['it was just made, and its job comes next', { ...row, createdAt: 10 }, known],
])('the row stays as it is where %s', (_, one, where) => {
  expect(seenHere(one, { jobs }, where)).toBe(one)
})
