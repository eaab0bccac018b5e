import { expect, test } from 'vitest'
import { databaseAt, rowsOf } from '../../../../support/database'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

test('a project of before gets its owner as the one person, and an id of its own', () => {
  const before = { id: 1, name: 'Kicks', created_at: 5 }
  const [first, second] = [4, 4].map((version) => databaseAt(version, { project: [before] }))
  for (const db of [first!, second!]) migrate(db, migrations, 5)
  expect(rowsOf(first!, 'person')).toEqual([{ id: 'owner', name: 'Owner', role: 'owner' }])
  expect(rowsOf(first!, 'project')).toEqual([{ ...before, uid: expect.stringMatching(/^[0-9a-f]{24}$/) }])
  expect(rowsOf(first!, 'project')).not.toEqual(rowsOf(second!, 'project'))
})
