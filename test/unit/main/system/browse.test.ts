import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { browse } from '@main/system/browse'

const folder = mkdtempSync(join(tmpdir(), 'whynot-browse-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
for (const name of ['clips 10', 'clips 2', '.hidden', 'my project']) mkdirSync(join(folder, name))
writeFileSync(join(folder, 'my project', 'project.db'), '')
for (const name of ['b.MP4', 'a.mov', 'notes.txt']) writeFileSync(join(folder, name), '')

test('projects, folders and videos in the order people count, hidden ones left out', async () => {
  const { path, parent, entries } = await browse(folder)
  expect([path, parent]).toEqual([folder, join(folder, '..')])
  expect(entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'project my project',
    'folder clips 2',
    'folder clips 10',
    'video a.mov',
    'video b.MP4',
    'other notes.txt',
  ])
})

test('a folder that is not there is said so', async () => {
  await expect(browse(join(folder, 'gone'))).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' })
})

test('where only some folders may be seen they stand side by side, and none leads above itself', async () => {
  const roots = [join(folder, 'clips 2'), join(folder, 'my project')]
  const top = await browse(undefined, roots)
  expect([top.path, top.parent, top.entries.map(({ path }) => path)]).toEqual(['', null, roots])
  expect((await browse(roots[0], roots)).parent).toBe('')
})
