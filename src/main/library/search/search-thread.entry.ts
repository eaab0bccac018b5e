import { parentPort, workerData } from 'node:worker_threads'
import { answerCalls } from '@main/process/calls'
import { threadWire } from '@main/process/thread-wire'
import { openDatabase } from '@main/store/database/database'
import { SearchRepository } from '@main/store/repositories/search-repository'
import { LocalSearch } from './local-search'
import type { SearchStart } from './thread-search'

const { database } = workerData as SearchStart
const search = new LocalSearch(new SearchRepository(openDatabase(database, { readonly: true }).db))

/** Handlers take the arguments of a method as a list. */
const names = ['page', 'facets', 'place', 'ids', 'chosen', 'answers', 'numbers', 'changed'] as const
const handlers = Object.fromEntries(
  names.map((name) => {
    const method = search[name].bind(search) as (...input: unknown[]) => unknown
    return [name, async (input: unknown) => method(...(input as unknown[]))]
  }),
)

if (parentPort) {
  const port = parentPort
  answerCalls(threadWire(port), handlers, { onStop: () => port.close() })
}
// Read before anybody asks: the first page of a large library is there when a window opens it.
void search.numbers()
