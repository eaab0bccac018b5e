import { bestTube, type SearchOptions } from '@main/learning/search/best-tube'
import type { Cell, CellTube, ScoreMap } from '@main/learning/search/score-map'
import type { SearchSpace } from '@main/learning/search/search-space'
import { trimmedTube } from '@main/learning/search/trim'
import { deviation } from './presence-maps'

/** How much the head counts beside the contrast, both in units of their own spread. */
const strength = 2

/**
 * The contrast of an attribute leaned towards where the attribute itself is: M' = delta_s + 2 sd(delta_s) / sd(g_s) g_s,
 * map by map. Where B lacks several things every word's contrast is largest at all of them; the head says which is which.
 * @param contrast delta_s, in rising order of tap and shape
 * @param presence g_s on the same cells
 */
export function leanedMaps(contrast: readonly ScoreMap[], presence: readonly ScoreMap[]): ScoreMap[] {
  const spread = deviation(presence)
  const factor = spread > 0 ? (strength * deviation(contrast)) / spread : 0
  return contrast.map((map, k) => {
    const g = (presence[k] as ScoreMap).values
    const values = new Float32Array(g.length)
    for (let at = 0; at < g.length; at++)
      values[at] = (map.values[map.offset + at] as number) + factor * (g[at] as number)
    return { ...map, offset: 0, values }
  })
}

/** Sum of the maps' scores over a tube's cells. */
export function scoreOn(maps: readonly ScoreMap[], cells: readonly Cell[]): number {
  return cells.reduce((sum, { frame, row, col, tap, shape }) => {
    const map = maps.find((one) => one.tap === tap && one.shape === shape)
    if (!map) throw new RangeError(`there is no map of tap ${tap} and shape ${shape}`)
    return sum + (map.values[map.offset + (frame * map.grid.rows + row) * map.grid.cols + col] as number)
  }, 0)
}

/** The maximal tube of M', or its trimmed part; its score is that of the contrast on it. */
export function placedTube(
  contrast: readonly ScoreMap[],
  presence: readonly ScoreMap[],
  { search, trim, space }: { search: SearchOptions; trim: boolean; space: SearchSpace },
): CellTube {
  const leaned = leanedMaps(contrast, presence)
  const widest = bestTube(leaned, 1, search, space)
  const [first] = widest.cells
  const own = leaned.find(({ tap, shape }) => tap === first?.tap && shape === first?.shape)
  const { cells } = trim && own ? trimmedTube(own, search.movement, space) : widest
  return { cells, score: scoreOn(contrast, cells) }
}
