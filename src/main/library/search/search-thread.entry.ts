import { parentPort, workerData } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { openDatabase } from '@main/store/database/database'
import { SearchRepository } from '@main/store/repositories/search-repository'
import { LocalSearch } from './local-search'
import type { SearchCalls, SearchStart } from './thread-search'

const { database } = workerData as SearchStart
const search = new LocalSearch(new SearchRepository(openDatabase(database, { readonly: true }).db))
const { page, facets, place, ids, chosen, answers, numbers } = search
const calls: SearchCalls = {
  ...{ page, facets, place, ids, chosen, answers, numbers },
  changed: (some) => search.changed(some),
}

createBirpc<Record<string, never>, SearchCalls>(calls, {
  post: (message) => parentPort?.postMessage(message),
  on: (listener) => parentPort?.on('message', listener),
})
// Read before anybody asks: the first page of a large library is there when a window opens it.
void search.numbers()
