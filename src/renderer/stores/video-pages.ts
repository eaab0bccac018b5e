import type { VideoQuery, VideoRow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import { computed, ref, shallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'

/** Rows in one question. */
const pageSize = 100

interface Pages {
  query: VideoQuery
  total: number
  rows: ReadonlyMap<number, readonly VideoRow[]>
}

/**
 * The rows of a query, read by pages as they come into view. While another query is being read, the rows of the one
 * before stand.
 */
export function useVideoPages(query: () => VideoQuery) {
  const api = useApi()
  const now = shallowRef<Pages | null>(null)
  const asked = new Set<number>()
  const seen = ref({ from: 0, to: pageSize - 1 })
  let generation = 0

  const known = computed(() => {
    const rows = [...(now.value?.rows.values() ?? [])].flat()
    return new Map<VideoId, VideoRow>(rows.map((row) => [row.id, row]))
  })

  function read(of: VideoQuery, page: number) {
    return api.library.videos({ ...of, offset: page * pageSize, limit: pageSize })
  }

  /** Reads what is in view again; an answer that arrives after a newer question is dropped. */
  async function refresh(): Promise<void> {
    const mine = ++generation
    const of = query()
    const pages = pagesOf(seen.value)
    const found = await Promise.all(pages.map((page) => read(of, page)))
    if (mine !== generation) return
    asked.clear()
    for (const page of pages) asked.add(page)
    const rows = pages.map((page, i) => [page, found[i]?.rows ?? []] as const)
    now.value = { query: of, total: found[0]?.total ?? 0, rows: new Map(rows) }
  }

  /** Says that these places are in view. Rejects where they cannot be read. */
  async function need(from: number, to: number): Promise<void> {
    seen.value = { from, to }
    const { value: pages } = now
    if (!pages) return
    const mine = generation
    const missing = pagesOf({ from, to }).filter((page) => !asked.has(page))
    for (const page of missing) asked.add(page)
    try {
      const found = await Promise.all(missing.map((page) => read(pages.query, page)))
      if (mine !== generation || missing.length === 0) return
      const rows = new Map(now.value?.rows)
      missing.forEach((page, i) => rows.set(page, found[i]?.rows ?? []))
      now.value = { query: pages.query, total: found[0]?.total ?? pages.total, rows }
    } catch (error) {
      for (const page of missing) asked.delete(page)
      throw error
    }
  }

  function rowAt(index: number): VideoRow | undefined {
    return now.value?.rows.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  function clear(): void {
    generation++
    now.value = null
    asked.clear()
    seen.value = { from: 0, to: pageSize - 1 }
  }

  /** Another list begins at its top. */
  const toTop = () => (seen.value = { from: 0, to: pageSize - 1 })

  return { total: computed(() => now.value?.total ?? 0), known, refresh, need, rowAt, clear, toTop }
}

function pagesOf({ from, to }: { from: number; to: number }): number[] {
  const first = Math.floor(Math.max(0, from) / pageSize)
  return Array.from({ length: Math.floor(Math.max(from, to) / pageSize) - first + 1 }, (_, i) => first + i)
}
