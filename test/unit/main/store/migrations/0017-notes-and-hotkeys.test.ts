import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const run = {
  ...{ id: 'r', name: 'r', kind: 'explainer', state: 'done', config: '{}', preset: '', classes: '[]' },
  ...{ attributes: '[]', train_videos: 0, test_videos: 0, headline: '{}', engine: '', started_by: 'studio' },
  ...{ created_at: 0, archived: 1 },
}
const attribute = { id: 'a', name: 'pole', position: 0, slot: 3, group: '', side: 'none', description: 'long' }

test('no run of before has tags or a note, and no word a key of its own; everything else stays', () => {
  const db = databaseAt(16, { run: [run], attribute: [attribute] })
  migrate(db, migrations, 17)
  expect(rowsOf(db, 'run')).toEqual([expect.objectContaining({ ...run, tags: '[]', note: '' })])
  expect(rowsOf(db, 'attribute')).toEqual([{ ...attribute, hotkey: '' }])
})
