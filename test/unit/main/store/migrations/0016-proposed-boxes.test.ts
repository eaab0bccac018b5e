import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const video = {
  ...{ id: 'v', name: 'clip', sort_key: 'clip', folded: 'clip', path: '/clip.mp4', moved: 0, imported_at: 0 },
  ...{ sha256: 'a', status: 'ok', decoder: 'node-av', decoder_version: '8', frames: 10, width: 4, height: 4 },
  ...{ coded_width: 4, coded_height: 4, sar: 1, rotate_clockwise: 0, mirrored: 0, fps: 30, variable: 0, edit_list: 0 },
}
const attribute = { id: 'pole', name: 'pole', position: 0, slot: 0, group: '', side: 'none', description: '' }
const track = { id: 't', video: 'v', attribute: 'pole', kind: 'attribute', source: 'person', person: 'owner' }
const keyframe = { track: 't', frame: 3, x1: 1, y1: 2, x2: 3.5, y2: 4, outside: 0, occluded: 1 }

test("every box of before is somebody's own, and none a proposal", () => {
  const db = databaseAt(15, { video: [video], attribute: [attribute], track: [track], keyframe: [keyframe] })
  migrate(db, migrations, 16)
  expect(rowsOf(db, 'keyframe')).toEqual([{ ...keyframe, proposed: 0 }])
})
