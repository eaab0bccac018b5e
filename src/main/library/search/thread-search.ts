import { Worker } from 'node:worker_threads'
import type { Chosen, VideoFilter, VideoQuery, VideoWindow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import { Caller } from '@main/process/calls'
import { threadWire } from '@main/process/thread-wire'
import type { VideoSearch } from './video-search'

/** What the thread answers. */
type SearchCalls = Omit<VideoSearch, 'close'>
type Answer<K extends keyof SearchCalls> = Awaited<ReturnType<SearchCalls[K]>>

/** What the thread is started with. */
export interface SearchStart {
  /** project.db, opened for reading beside whoever writes. */
  database: string
}

interface Running {
  worker: Worker
  caller: Caller
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
    this.caller()
  }

  page = (window: VideoWindow) => this.ask('page', window)
  facets = (filter: VideoFilter) => this.ask('facets', filter)
  place = (query: VideoQuery, video: VideoId) => this.ask('place', query, video)
  ids = (query: VideoQuery, from: number, to: number) => this.ask('ids', query, from, to)
  chosen = (chosen: Chosen) => this.ask('chosen', chosen)
  answers = (chosen: Chosen) => this.ask('answers', chosen)
  numbers = () => this.ask('numbers')

  changed(ids: readonly VideoId[]): void {
    // A thread that is not there, or ends over it, has nothing to forget.
    this.running?.caller.begin('changed', [ids]).answer.catch(() => {})
  }

  async close(): Promise<void> {
    const { running } = this
    this.running = null
    running?.caller.lost(new Error('The project was closed.'))
    await running?.worker.terminate()
  }

  private ask<K extends keyof SearchCalls>(name: K, ...input: Parameters<SearchCalls[K]>): Promise<Answer<K>> {
    return this.caller().begin(name, input).answer as Promise<Answer<K>>
  }

  private caller(): Caller {
    this.running ??= this.start()
    return this.running.caller
  }

  private start(): Running {
    const worker = new Worker(this.entry, { workerData: { database: this.database } satisfies SearchStart })
    const caller = new Caller(threadWire(worker))
    const running = { worker, caller }
    const ended = (reason: Error) => {
      if (this.running === running) this.running = null
      caller.lost(reason)
    }
    worker.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => ended(new Error(`The thread that searches ended with code ${code}.`)))
    // Open connections keep a host alive; an idle thread does not.
    worker.unref()
    return running
  }
}
