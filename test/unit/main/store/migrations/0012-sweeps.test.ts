import { expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, rowsOf } from '../../../../support/database'

const run = {
  ...{ id: 'r', name: 'r', kind: 'classifier', state: 'done', job: null, explains: null, config: '{}', preset: '' },
  ...{ classes: '[]', attributes: '[]', train_videos: 8, test_videos: 2, headline: '{}', engine: 'wasm' },
  ...{ failure: null, started_by: 'studio', created_at: 1, started_at: 2, ended_at: 3, start_from: null },
}

test('runs of before keep everything: each was started alone, and none was given up', () => {
  const db = databaseAt(11, { run: [run] })
  migrate(db, migrations, 12)
  expect(rowsOf(db, 'run')).toEqual([{ ...run, sweep: null, stopped_early: 0 }])
  expect(rowsOf(db, 'sweep')).toEqual([])
})
