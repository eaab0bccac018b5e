import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const attribute = {
  id: 'a',
  name: 'pole',
  position: 0,
  slot: 3,
  group: 'g',
  side: 'none',
  description: 'd',
  hotkey: '',
}

test('no word of before has a picture; everything else of it stays', () => {
  const db = databaseAt(17, { attribute: [attribute] })
  migrate(db, migrations, 18)
  expect(rowsOf(db, 'attribute')).toEqual([{ ...attribute, picture: null }])
  expect(rowsOf(db, 'picture')).toEqual([])
})
