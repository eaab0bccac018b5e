import { expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, rowsOf } from '../../../../support/database'

test('people begin with no work said to be done and no queue, and what they answered stays', () => {
  const person = { id: 'ann', name: 'Ann', role: 'annotator' }
  const db = databaseAt(9, { person: [person] })
  migrate(db, migrations, 10)
  expect(rowsOf(db, 'person')).toContainEqual(person)
  expect(['work', 'work_queue', 'work_queue_video'].map((table) => rowsOf(db, table))).toEqual([[], [], []])
  expect(() => db.exec("insert into work values ('v', 'ann', 'nearly', null, 1)")).toThrow('CHECK')
})
