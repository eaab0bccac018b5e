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
const evaluation = { id: 'e', name: 'e', run: 'r', state: 'done', config: '{}', columns: '[]', created_at: 0 }
const outcome = {
  ...{ id: 'e-0', evaluation: 'e', position: 0, video: 'v', video_name: 'v', method: 'method', pos: 'a', neg: 'b' },
  ...{ attribute: 's', rank: 0, score: 1, min_score: 0, tube: '[]', iou: 0, assigned: 1, has_boxes: 0 },
  ...{ pos_before: 1, neg_before: 0, area: 1, supported: 1 },
}

test('outcomes of before keep everything; what their clips were said to show is not known', () => {
  const db = databaseAt(12, { run: [run], evaluation: [evaluation], outcome: [outcome] })
  migrate(db, migrations, 13)
  expect(rowsOf(db, 'outcome')).toEqual([expect.objectContaining({ ...outcome, presence: null })])
})
