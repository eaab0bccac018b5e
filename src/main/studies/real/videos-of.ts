import type { Api } from '@shared/contract'
import type { VideoRow } from '@shared/contract/library'

/** Every clip of a split, in order of name. */
export async function videosOf(
  { library }: Pick<Api, 'library'>,
  split: 'train' | 'test' | 'none',
): Promise<VideoRow[]> {
  const rows: VideoRow[] = []
  for (;;) {
    const page = await library.videos({ splits: [split], offset: rows.length, limit: 500 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}
