import { expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, rowsOf } from '../../../../support/database'

test('the table of stored answers goes; runs stay as they were', () => {
  const run = {
    ...{ id: 'r', name: 'r', kind: 'classifier', state: 'done', job: null, explains: null, config: '{}', preset: '' },
    ...{ classes: '[]', attributes: '[]', train_videos: 8, test_videos: 2, headline: '{}', engine: 'wasm' },
    ...{ failure: null, started_by: 'studio', created_at: 1, started_at: 2, ended_at: 3, start_from: null },
  }
  const db = databaseAt(7, { run: [run] })
  migrate(db, migrations, 8)
  expect(rowsOf(db, 'run')).toEqual([run])
  expect(() => rowsOf(db, 'explanation')).toThrow('no such table')
})
