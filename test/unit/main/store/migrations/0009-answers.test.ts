import type { Database } from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, rowsOf } from '../../../../support/database'

const video = {
  ...{ id: 'v', name: 'v', sort_key: 'v', folded: 'v', path: 'v', moved: 0, imported_at: 0, sha256: 's', status: 'ok' },
  ...{ decoder: 'd', decoder_version: '1', frames: 9, width: 1, height: 1, coded_width: 1, coded_height: 1, sar: 1 },
  ...{ rotate_clockwise: 0, mirrored: 0, fps: 1, variable: 0, edit_list: 0 },
}
const word = (id: string, position: number) => {
  return { id, name: id, position, slot: position, group: '', side: 'none', description: '' }
}
const words = ['pole', 'ball', 'ring'].map(word)
const label = (attribute: string, value: string, source: string, annotator: string | null = null) => {
  return { video: 'v', attribute, value, source, annotator }
}
const said = [
  label('ball', 'present', 'class'),
  label('pole', 'absent', 'person'),
  label('ring', 'unsure', 'person', 'sample'),
]
const track = { id: 't', video: 'v', attribute: 'pole', kind: 'attribute', source: 'person' }
const step = {
  ...{ id: 1, scope: 'v', kind: 'label.set', change: '{}', inverse_kind: 'label.set', inverse: '{}', label: 'Say' },
  ...{ frame: null, undone: 0, at: 7 },
}

describe('people', () => {
  let db: Database
  beforeEach(() => {
    db = databaseAt(8, {
      ...{ video: [video], attribute: words, video_attribute: said, edit: [step] },
      track: [{ ...track, annotator: 'sample' }],
    })
    db.exec('update label_change set at = 5')
    migrate(db, migrations, 9)
  })

  test("what stood there is the owner's, and what was said of a class nobody's", () => {
    expect(rowsOf(db, 'answer')).toEqual([
      { video: 'v', attribute: 'pole', person: 'owner', value: 'absent', at: null },
      { video: 'v', attribute: 'ring', person: 'owner', value: 'unsure', at: null },
    ])
    expect(rowsOf(db, 'prior')).toEqual([{ video: 'v', attribute: 'ball', value: 'present' }])
    expect(rowsOf(db, 'track')).toEqual([{ ...track, person: 'owner', counts: 1 }])
    expect(rowsOf(db, 'edit')).toMatchObject([
      { ...step, person: 'owner', version: 1, inverse_version: 1, aside: null },
    ])
  })

  test('the labels of before are what the answers come to, and nothing is dated anew', () => {
    expect(rowsOf(db, 'video_attribute')).toEqual([
      said[0],
      { ...said[1], annotator: 'owner' },
      { ...said[2], annotator: 'owner' },
    ])
    expect(rowsOf(db, 'label_change')).toEqual([{ video: 'v', at: 5 }])
  })

  const answers = (attribute: string, ...values: string[]) =>
    values.forEach((value, i) =>
      db.prepare('insert into answer values (?, ?, ?, ?, null)').run('v', attribute, `person ${i}`, value),
    )
  const come = (attribute: string) =>
    db.prepare('select value, source, annotator from video_attribute where attribute = ?').get(attribute)

  test.for([
    [['present'], 'present', 'person'],
    [['present', 'present', 'absent'], 'present', 'consensus'],
    [['present', 'absent'], 'unsure', 'consensus'],
    [['present', 'absent', 'unsure'], 'unsure', 'consensus'],
    [['absent', 'absent', 'unsure', 'present'], 'absent', 'consensus'],
    [['unsure', 'unsure', 'present'], 'unsure', 'consensus'],
  ] as const)('the answers %j come to %s, as of a %s, whatever the class says', ([values, value, source]) => {
    answers('ball', ...values)
    expect(come('ball')).toMatchObject({ value, source })
  })

  test('answers that are taken back leave what is left, then the class, then nothing', () => {
    answers('ball', 'absent', 'absent')
    db.exec("delete from answer where person = 'person 0'")
    expect(come('ball')).toEqual({ value: 'absent', source: 'person', annotator: 'person 1' })
    db.exec('delete from answer')
    expect(come('ball')).toEqual({ value: 'present', source: 'class', annotator: null })
    db.exec('delete from prior')
    expect(come('ball')).toBeUndefined()
  })

  test('a second person who says the same dates nothing, one who changes what it comes to does', () => {
    answers('pole', 'absent')
    expect(rowsOf(db, 'label_change')).toEqual([{ video: 'v', at: 5 }])
    db.exec("update answer set value = 'present' where person = 'person 0' and attribute = 'pole'")
    expect(rowsOf(db, 'label_change')[0]?.at).toBeGreaterThan(5)
  })

  test("of tracks of one thing by several people the owner's count, then those of who began first", () => {
    const add = (id: string, person: string) =>
      db.prepare("insert into track values (?, 'v', 'pole', 'attribute', 'person', ?, 1)").run(id, person)
    const counted = () => db.prepare('select id from track where counts = 1 order by id').pluck().all()
    add('a', 'ann')
    add('b', 'ben')
    add('c', 'ann')
    expect(counted()).toEqual(['t'])
    db.exec("delete from track where id = 't'")
    expect(counted()).toEqual(['a', 'c'])
    db.exec("update track set attribute = 'ball' where person = 'ann'")
    expect(counted()).toEqual(['a', 'b', 'c'])
  })

  test('a video that is deleted takes everything along', () => {
    answers('ball', 'present', 'absent')
    db.exec('delete from video')
    for (const table of ['answer', 'prior', 'video_attribute', 'track']) expect(rowsOf(db, table)).toEqual([])
  })
})
