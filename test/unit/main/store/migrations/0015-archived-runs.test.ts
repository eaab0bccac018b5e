import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const run = {
  ...{
    id: 'r',
    name: 'r',
    kind: 'explainer',
    state: 'done',
    config: '{}',
    preset: '',
    classes: '[]',
    attributes: '[]',
  },
  ...{ train_videos: 0, test_videos: 0, headline: '{}', engine: '', started_by: 'studio', created_at: 0 },
}

test('no run of before is archived', () => {
  const db = databaseAt(14, { run: [run] })
  migrate(db, migrations, 15)
  expect(rowsOf(db, 'run')).toEqual([expect.objectContaining({ ...run, archived: 0 })])
})
