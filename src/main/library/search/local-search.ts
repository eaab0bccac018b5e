import type { Chosen, VideoFilter, VideoQuery, VideoWindow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import type { SearchRepository } from '@main/store/repositories/search-repository'
import type { VideoSearch } from './video-search'
import { VideoTable } from './video-table'

/** Most changed videos that are remembered by name. */
const mostNamed = 5000

/** Searches in this thread. What changed is read at the next question, not before. */
export class LocalSearch implements VideoSearch {
  private readonly table: VideoTable
  private stale: 'all' | Set<VideoId> = 'all'

  constructor(stored: SearchRepository) {
    this.table = new VideoTable(stored)
  }

  changed(ids: readonly VideoId[]): void {
    if (this.stale === 'all') return
    for (const id of ids) this.stale.add(id)
    if (ids.length === 0 || this.stale.size > mostNamed) this.stale = 'all'
  }

  page = async (window: VideoWindow) => this.fresh().page(window)
  facets = async (filter: VideoFilter) => this.fresh().facets(filter)
  place = async (query: VideoQuery, video: VideoId) => this.fresh().place(query, video)
  ids = async (query: VideoQuery, from: number, to: number) => this.fresh().ids(query, from, to)
  chosen = async (chosen: Chosen) => this.fresh().chosen(chosen)
  answers = async (chosen: Chosen) => this.fresh().answers(chosen)
  numbers = async () => this.fresh().numbers()

  async close(): Promise<void> {}

  private fresh(): VideoTable {
    if (this.stale === 'all' || this.stale.size > 0) this.table.read(this.stale)
    this.stale = new Set()
    return this.table
  }
}
