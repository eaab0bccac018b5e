import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '@shared/failures'
import { RowWriter } from '@main/project/row-writer'

let written: string[]
let logged: unknown[]
let obstacle: Error | null
let writer: RowWriter

beforeEach(() => {
  written = []
  logged = []
  obstacle = null
  writer = new RowWriter({
    briefly: (action) => {
      if (obstacle) throw obstacle
      action()
    },
    log: (error) => `id${logged.push(error)}`,
  })
})
afterEach(() => (obstacle = null))

test('rows are written at once, in their order', async () => {
  for (const row of ['a', 'b']) writer.put(() => void written.push(row))
  expect(written).toEqual(['a', 'b'])
  await writer.flush()
})

test('what cannot be written waits, is tried again, and is told of once', async () => {
  obstacle = new Failure('DATABASE_BUSY', { path: '/p' })
  for (const row of ['a', 'b', 'c']) writer.put(() => void written.push(row))
  expect(written).toEqual([])
  setTimeout(() => (obstacle = null), 700)
  await writer.flush()
  expect(written).toEqual(['a', 'b', 'c'])
  expect(logged).toHaveLength(1)
})

test('an obstacle that stays is thrown, in words, by whoever needs the rows to be there', async () => {
  obstacle = new Failure('FOLDER_NOT_WRITABLE', { path: '/p', reason: 'ENOSPC: no space left on device' })
  writer.put(() => void written.push('a'))
  await expect(writer.flush(20)).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' })
  obstacle = null
  await writer.flush()
  expect(written).toEqual(['a'])
})

test('a row that can never be written, as of a run that was deleted, does not hold up the rest', async () => {
  writer.put(() => {
    throw new Failure('NOT_FOUND', { kind: 'run', id: 'r' })
  })
  writer.put(() => {
    throw new Error('FOREIGN KEY constraint failed')
  })
  writer.put(() => void written.push('next'))
  expect(written).toEqual(['next'])
  expect(logged).toHaveLength(2)
})
