import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const video = {
  ...{ id: 'v', name: 'v', sort_key: 'v', folded: 'v', class: null, split: 'train', path: 'v.mp4', moved: 0 },
  ...{
    imported_at: 1,
    sha256: 'x',
    status: 'ok',
    reason: null,
    detail: null,
    decoder: 'node-av',
    decoder_version: '6',
  },
  ...{
    codec: 'h264',
    frames: 8,
    width: 64,
    height: 64,
    coded_width: 64,
    coded_height: 64,
    sar: 1,
    rotate_clockwise: 0,
  },
  ...{ mirrored: 0, fps: 8, variable: 0, edit_list: 0, declared_frames: null, streams: null, proxy_file: null },
  ...{ proxy_width: null, proxy_height: null, proxy_fps: null, proxy_bytes: null },
}

test('videos of before keep everything, and belong to no group', () => {
  const db = databaseAt(6, { video: [video] })
  migrate(db, migrations, 7)
  expect(rowsOf(db, 'video')).toEqual([{ ...video, group_name: null }])
})
