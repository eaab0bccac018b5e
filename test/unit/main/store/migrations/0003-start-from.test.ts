import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const run = {
  ...{ id: 'r', name: 'r', kind: 'classifier', state: 'done', job: null, explains: null, config: '{}', preset: '' },
  ...{ classes: '[]', attributes: '[]', train_videos: 8, test_videos: 2, headline: '{}', engine: 'wasm' },
  ...{ failure: null, started_by: 'studio', created_at: 1, started_at: 2, ended_at: 3 },
}

test('runs of before keep everything, and began from no other', () => {
  const db = databaseAt(2, { run: [run] })
  migrate(db, migrations, 3)
  expect(rowsOf(db, 'run')).toEqual([{ ...run, start_from: null }])
})
