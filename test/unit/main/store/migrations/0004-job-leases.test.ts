import { expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, rowsOf } from '../../../../support/database'

const job = (id: string, state: string) => ({
  ...{ id, kind: 'classifier', title: 'Training a', state, input: 'null', progress: null, run: null, failure: null },
  ...{ result: null, created_at: 1, started_at: 2, ended_at: state === 'done' ? 3 : null },
})
const run = (id: string, state: string) => ({
  ...{ id, name: id, kind: 'classifier', state, job: id, explains: null, config: '{}', preset: '', start_from: null },
  ...{ classes: '[]', attributes: '[]', train_videos: 8, test_videos: 2, headline: '{}', engine: 'wasm' },
  ...{ failure: null, started_by: 'studio', created_at: 1, started_at: 2, ended_at: 3 },
})
const fresh = {
  ...{ priority: 0, forerunners: '[]', attempts: 0, most_attempts: 1, not_before: 0 },
  ...{ lease_owner: null, lease_until: 0, stop_asked: 0 },
}

test('jobs of before keep everything; what the studio of before left open is interrupted, with its run', () => {
  const before = {
    job: [job('a', 'done'), job('b', 'running'), job('c', 'queued')],
    run: [run('a', 'done'), run('b', 'running')],
  }
  const db = databaseAt(3, before)
  migrate(db, migrations, 4)
  expect(rowsOf(db, 'job')).toEqual([
    { ...job('a', 'done'), ...fresh },
    { ...job('b', 'interrupted'), ...fresh, ended_at: 2 },
    { ...job('c', 'interrupted'), ...fresh, ended_at: 2 },
  ])
  expect(rowsOf(db, 'run')).toEqual([run('a', 'done'), run('b', 'interrupted')])
})
