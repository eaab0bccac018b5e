import { Worker } from 'node:worker_threads'
import { type BirpcReturn, createBirpc } from 'birpc'
import type { Chosen, VideoFilter, VideoQuery, VideoWindow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import type { VideoSearch } from './video-search'

/** What the thread answers. */
export type SearchCalls = Omit<VideoSearch, 'close'>

/** What the thread is started with. */
export interface SearchStart {
  /** project.db, opened for reading beside whoever writes. */
  database: string
}

interface Running {
  worker: Worker
  calls: BirpcReturn<SearchCalls>
}

/**
 * Searches in a thread with a connection of its own, so that the one who writes and answers everybody is never held up.
 * A thread that ends is started again with the next question.
 */
export class ThreadSearch implements VideoSearch {
  private running: Running | null = null

  /** @param entry the built search-thread.js */
  constructor(
    private readonly entry: string,
    private readonly database: string,
  ) {
    this.calls()
  }

  page = (window: VideoWindow) => this.calls().page(window)
  facets = (filter: VideoFilter) => this.calls().facets(filter)
  place = (query: VideoQuery, video: VideoId) => this.calls().place(query, video)
  ids = (query: VideoQuery, from: number, to: number) => this.calls().ids(query, from, to)
  chosen = (chosen: Chosen) => this.calls().chosen(chosen)
  answers = (chosen: Chosen) => this.calls().answers(chosen)
  numbers = () => this.calls().numbers()

  changed(ids: readonly VideoId[]): void {
    // A thread that is not there has nothing to forget.
    void this.running?.calls.changed.asEvent(ids)
  }

  async close(): Promise<void> {
    const { running } = this
    this.running = null
    running?.calls.$close(new Error('The project was closed.'))
    await running?.worker.terminate()
  }

  private calls(): BirpcReturn<SearchCalls> {
    this.running ??= this.start()
    return this.running.calls
  }

  private start(): Running {
    const worker = new Worker(this.entry, { workerData: { database: this.database } satisfies SearchStart })
    const calls = createBirpc<SearchCalls>(
      {},
      {
        post: (message) => worker.postMessage(message),
        on: (listener) => worker.on('message', listener),
        timeout: -1,
      },
    )
    const running = { worker, calls }
    const ended = (reason: Error) => {
      if (this.running === running) this.running = null
      if (!calls.$closed) calls.$close(reason)
    }
    worker.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => ended(new Error(`The thread that searches ended with code ${code}.`)))
    // Open connections keep a host alive; an idle thread does not.
    worker.unref()
    return running
  }
}
