import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { translated } from '@main/store/database/sqlite-failures'
import { Failure } from '@shared/failures'

const file = '/home/ann/study/project.db'
const thrown = (error: Error) => {
  try {
    return translated(file, () => {
      throw error
    })
  } catch (caught) {
    return caught
  }
}

test.each([
  ['SQLITE_BUSY', 'DATABASE_BUSY', { path: file }],
  ['SQLITE_BUSY_SNAPSHOT', 'DATABASE_BUSY', { path: file }],
  ['SQLITE_CORRUPT_VTAB', 'PROJECT_DAMAGED', { path: file, reason: 'words' }],
  ['SQLITE_FULL', 'DISK_FULL', { path: '/home/ann/study' }],
  ['SQLITE_READONLY', 'FOLDER_NOT_WRITABLE', { path: '/home/ann/study', reason: 'words' }],
])('%s of the database is told as %s', (code, failure, data) => {
  expect(thrown(new Sqlite.SqliteError('words', code))).toMatchObject({ code: failure, data })
})

test('mistakes of the program and failures that are told already go through as they are', () => {
  for (const error of [
    new TypeError('x'),
    new Failure('NO_PROJECT', {}),
    new Sqlite.SqliteError('unique', 'SQLITE_CONSTRAINT_UNIQUE'),
  ])
    expect(thrown(error)).toBe(error)
})
