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
  ...{ label: 'a', attribute: 's', rank: 0, score: 1, min_score: 0, tube: '[]', iou: 0, assigned: 1, has_boxes: 0 },
  ...{ hit_rank: null, covers: null, right: null, neg_rank: 1.5, pos_before: 1, pos_after: 0.5, neg_before: 0 },
  ...{ neg_after: 0.5, neg_ties: 0, union_neg_rank: null, union_neg_ties: null },
}

test('outcomes of before keep everything; of their area, evidence and agreement nothing is known', () => {
  const db = databaseAt(5, { run: [run], evaluation: [evaluation], outcome: [outcome] })
  migrate(db, migrations, 6)
  expect(rowsOf(db, 'outcome')).toEqual([{ ...outcome, area: null, supported: null, agreement: null }])
})
