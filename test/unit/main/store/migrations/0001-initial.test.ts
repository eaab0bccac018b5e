import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'

const video = {
  id: 'v1',
  name: 'clip',
  sort_key: 'clip',
  folded: 'clip',
  path: '/clip.mp4',
  moved: 0,
  imported_at: 0,
  sha256: 'a',
  status: 'ok',
  decoder: 'node-av',
  decoder_version: '8',
  frames: 10,
  width: 4,
  height: 4,
  coded_width: 4,
  coded_height: 4,
  sar: 1,
  rotate_clockwise: 0,
  mirrored: 0,
  fps: 30,
  variable: 0,
  edit_list: 0,
}
const attribute = { id: 'pole', name: 'pole', position: 0, slot: 0, group: '', side: 'none', description: '' }
const label = { video: 'v1', attribute: 'pole', value: 'present', source: 'person', annotator: null }
const track = { id: 't1', video: 'v1', attribute: 'pole', kind: 'attribute', source: 'person', annotator: null }
const keyframe = { track: 't1', frame: 0, x1: 0, y1: 0, x2: 1, y2: 1, outside: 0, occluded: 0 }
const whole = { video: [video], attribute: [attribute], video_attribute: [label], track: [track], keyframe: [keyframe] }

test('an attribute that is deleted takes its labels, tracks and key frames along, and nothing else', () => {
  const db = databaseAt(1, whole)
  db.exec("delete from attribute where id = 'pole'")
  expect(['video_attribute', 'track', 'keyframe', 'video'].map((table) => rowsOf(db, table).length)).toEqual([
    0, 0, 0, 1,
  ])
})

test.each([
  ['a label', "update video_attribute set value = 'absent'"],
  ['a label taken back', 'delete from video_attribute'],
  ['a key frame', 'update keyframe set x1 = 5'],
  ['a key frame removed', 'delete from keyframe'],
  ['a track removed', 'delete from track'],
  ['the class', "insert into class values ('c', 'Ollie'); update video set class = 'c'"],
])('%s that changes dates its video', (_, change) => {
  const db = databaseAt(1, whole)
  db.exec('update label_change set at = 5')
  db.exec(change)
  expect(rowsOf(db, 'label_change')).toEqual([{ video: 'v1', at: expect.any(Number) }])
  expect((rowsOf(db, 'label_change')[0] as { at: number }).at).toBeGreaterThan(1_600_000_000_000)
})

test('the split of a video is no label: changing it dates nothing', () => {
  const db = databaseAt(1, whole)
  db.exec("update label_change set at = 5; update video set split = 'test'")
  expect(rowsOf(db, 'label_change')).toEqual([{ video: 'v1', at: 5 }])
})
