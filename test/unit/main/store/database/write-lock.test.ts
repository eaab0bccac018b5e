import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readHolder } from '@main/store/database/lock-holder'
import { WriteLock } from '@main/store/database/write-lock'
import { temporaryFolder } from '../../../../support/project'

let home: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  home = temporaryFolder()
  file = join(home.path, 'project.lock')
})
afterEach(() => home.remove())

test('beside the lock stands who holds it and where it can be asked, for the same user alone', () => {
  const lock = WriteLock.take(file, 0)
  expect(readHolder(file)).toEqual({ pid: process.pid, startedAt: expect.any(Number) as number, api: null })
  const api = { url: 'ws://127.0.0.1:1/rpc', token: 'secret' }
  lock.announce(api)
  expect(readHolder(file)?.api).toEqual(api)
  if (process.platform !== 'win32') expect(statSync(`${file}.json`).mode & 0o777).toBe(0o600)
  lock.release()
  expect(existsSync(`${file}.json`)).toBe(false)
})

test('what a process that is gone left there is nobody', () => {
  writeFileSync(`${file}.json`, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 1, api: null }))
  expect(readHolder(file)).toBeNull()
  writeFileSync(`${file}.json`, '{"pid": tru')
  expect(readHolder(file)).toBeNull()
})

test('words that cannot be written are no reason to refuse the lock', () => {
  mkdirSync(`${file}.json`)
  writeFileSync(join(`${file}.json`, 'x'), '')
  const lock = WriteLock.take(file, 0)
  expect(readHolder(file)).toBeNull()
  expect(() => WriteLock.take(file, 0)).toThrow(expect.objectContaining({ code: 'DATABASE_BUSY' }))
  lock.release()
  expect(readFileSync(join(`${file}.json`, 'x'), 'utf8')).toBe('')
})
