import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { journalMode } from '@main/store/database/journal-mode'

test('a folder on a network share gets no write-ahead log, one on a disk does', () => {
  expect(journalMode('/share', () => 0x6969)).toBe('DELETE')
  expect(journalMode('/disk', () => 0xef53)).toBe('WAL')
  expect(journalMode(tmpdir())).toMatch(/WAL|DELETE/)
  expect(journalMode('/not/there')).toBe('WAL')
})
