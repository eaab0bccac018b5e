import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

const project = { id: 1, name: 'Moves', created_at: 5, uid: 'u' }

test('no project of before has guidelines; everything else of it stays', () => {
  const db = databaseAt(19, { project: [project] })
  migrate(db, migrations, 20)
  expect(rowsOf(db, 'project')).toEqual([{ ...project, guidelines: '' }])
})
