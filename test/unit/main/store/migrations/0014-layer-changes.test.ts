import { expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, rowsOf } from '../../../../support/database'

const campaign = {
  ...{ id: 'c1', name: 'moves', kind: 'attributes', state: 'open', videos: 'frozen', filter: '{}', attributes: '[]' },
  ...{ settings: '{}', guidelines: '', rule: null, computed_at: null, created_at: 1, opened_at: 1 },
}
const run = {
  ...{ id: 'r', name: 'r', kind: 'explainer', state: 'done', job: null, explains: null, config: '{}', preset: '' },
  ...{ classes: '[]', attributes: '[]', train_videos: 8, test_videos: 2, headline: '{}', engine: 'wasm' },
  ...{ failure: null, started_by: 'studio', created_at: 1, started_at: 2, ended_at: 3, start_from: null },
  ...{ sweep: null, stopped_early: 0 },
}
const evaluation = (id: string, config: object) => ({
  ...{ id, name: id, run: 'r', state: 'done', job: null, config: JSON.stringify(config), columns: '[]' },
  ...{ failure: null, created_at: 5, seconds: 1 },
})

test('a measurement of before finds the layer that its settings name, by id, else the latest of that name', () => {
  const db = databaseAt(13, {
    campaign: [
      campaign,
      { ...campaign, id: 'c2', created_at: 2 },
      { ...campaign, id: 'c3', name: 'c1', created_at: 3 },
    ],
    run: [run],
    evaluation: [
      evaluation('a', { layer: 'moves' }),
      evaluation('b', { layer: 'c1' }),
      evaluation('c', { layer: '' }),
      evaluation('d', {}),
      evaluation('e', { layer: 'gone' }),
    ],
  })
  migrate(db, migrations, 14)
  expect(rowsOf(db, 'evaluation').map((row) => (row as { campaign: unknown }).campaign)).toEqual([
    ...['c2', 'c1', null, null, null],
  ])
  expect(rowsOf(db, 'layer_change')).toEqual([])
})
