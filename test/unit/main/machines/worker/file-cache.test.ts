import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { FileCache } from '@main/machines/worker/file-cache'
import { tempFolder } from '../../../../support/studio'

const folder = tempFolder()
afterEach(() => folder[Symbol.dispose]())

const bytesOf = (text: string) => new TextEncoder().encode(text)
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const file = (text: string) => ({ path: 'media/a.mp4', bytes: text.length, sha256: hash(text) })
const never = new AbortController().signal

/** A line that gives these pieces one after the other, and tells where each began. */
function line(pieces: readonly (string | Error)[]) {
  const asked: number[] = []
  const fetch = async (_: string, from: number) => {
    asked.push(from)
    const piece = pieces[asked.length - 1]
    if (piece instanceof Error) throw piece
    return new Response(bytesOf(piece ?? ''), { status: from > 0 ? 206 : 200 })
  }
  return { fetch, asked }
}

test('a file comes once, and goes on where the line broke off', async () => {
  const whole = 'abcdefghij'
  const { fetch, asked } = line(['abcd', new Error('reset'), 'efghij'])
  const cache = new FileCache({ folder: folder.path, fetch })
  expect(readFileSync(await cache.local(file(whole), never), 'utf8')).toBe(whole)
  expect(asked).toEqual([0, 4, 4])
  await cache.local(file(whole), never)
  expect(asked).toHaveLength(3)
})

test('what arrives with another hash is not kept, and is fetched again', async () => {
  const { fetch, asked } = line(['xxxxx', 'right'])
  const cache = new FileCache({ folder: folder.path, fetch })
  expect(readFileSync(await cache.local(file('right'), never), 'utf8')).toBe('right')
  expect(asked).toEqual([0, 0])
})

test('without room it says how much is needed; what was not used for longest goes first', async () => {
  const { fetch } = line(['old', 'new'])
  let free = 1e12
  const cache = new FileCache({ folder: folder.path, fetch, free: async () => free })
  const old = await cache.local(file('old'), never)
  await cache.local(file('new'), never)
  utimesSync(old, new Date(0), new Date(0))
  free = 1000
  const wanted = { path: 'media/b.mp4', bytes: 5000, sha256: hash('b') }
  await expect(cache.makeRoom([wanted, file('new')])).rejects.toMatchObject({
    code: 'WORKER_NO_ROOM',
    data: { free: 1000, needed: expect.any(Number) },
  })
  expect(readdirSync(folder.path)).toEqual([hash('new')])
  expect(join(folder.path, hash('old'))).toBe(old)
})
