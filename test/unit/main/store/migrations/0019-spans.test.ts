import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const attribute = {
  ...{
    id: 'a',
    name: 'pole',
    position: 0,
    slot: 3,
    group: '',
    side: 'none',
    description: 'long',
    hotkey: '',
    picture: null,
  },
}

test('no attribute of before has a span, and everything else stays; a span that ends before it begins is refused', () => {
  const db = databaseAt(18, { attribute: [attribute] })
  migrate(db, migrations, 19)
  expect(rowsOf(db, 'span')).toEqual([])
  expect(rowsOf(db, 'attribute')).toEqual([attribute])
  const put = db.prepare("insert into span values ('s', 'v', 'a', 'owner', ?, ?, 0)")
  expect(() => put.run(5, 4)).toThrow('CHECK')
  expect(() => put.run(-1, 4)).toThrow('CHECK')
})

test('a span goes with its attribute and with its video', () => {
  const db = databaseAt(19, { attribute: [attribute] })
  db.pragma('foreign_keys = off')
  db.exec("insert into span values ('s', 'v', 'a', 'owner', 0, 4, 0)")
  db.pragma('foreign_keys = on')
  db.exec('delete from attribute')
  expect(rowsOf(db, 'span')).toEqual([])
})
