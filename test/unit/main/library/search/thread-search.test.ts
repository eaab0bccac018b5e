import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { VideoFilter, VideoWindow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import { ThreadSearch } from '@main/library/search/thread-search'
import { builtEntry } from '../../../../support/built-entry'
import { aProject } from '../../../../support/project'

let entry: string
beforeAll(async () => {
  entry = await builtEntry('src/main/library/search/search-thread.entry.ts')
})
afterAll(() => rmSync(dirname(entry), { recursive: true }))

let made: ReturnType<typeof aProject>
let search: ThreadSearch
beforeEach(() => {
  made = aProject()
  made.build.video({ name: 'first' })
  search = new ThreadSearch(entry, made.project.paths.database)
})
afterEach(async () => {
  await search.close()
  made.remove()
})

const names = async () => (await search.page(VideoWindow.parse({}))).rows.map(({ name }) => name)

test('the thread answers, and what has changed is in the next answer', async () => {
  expect(await names()).toEqual(['first'])
  const added = made.build.video({ name: 'second' })
  search.changed([added])
  expect(await names()).toEqual(['first', 'second'])
  expect((await search.facets(VideoFilter.parse({}))).matching).toBe(2)
})

test('an answer that cannot be given comes back as an error, and the thread answers the next question', async () => {
  await expect(search.page(null as unknown as VideoWindow)).rejects.toThrow()
  expect(await search.chosen(['nobody' as VideoId])).toEqual([])
})

test('a question under way ends when the project is closed', async () => {
  const asked = search.numbers()
  const refused = expect(asked).rejects.toThrow('The project was closed.')
  await search.close()
  await refused
})
