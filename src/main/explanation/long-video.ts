import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import { deltaMaps } from '@main/learning/explainer/delta-maps'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { Pair } from '@main/learning/explainer/products'
import { bestTube, type SearchOptions } from '@main/learning/search/best-tube'
import { cellCount, type ScoreMap } from '@main/learning/search/score-map'
import { SearchSpace } from '@main/learning/search/search-space'
import { trimmedTube } from '@main/learning/search/trim'
import { type AttributeEvidence, peaks } from './rank-attributes'

/** Features of one window of a long video. */
export interface WindowFeatures {
  /** Sampled frame at which the window begins, counted over the whole video. */
  start: number
  features: ClipFeatures
}

/** What a whole video has to say for one attribute. */
export interface LongEvidence extends AttributeEvidence {
  /** Score per frame of the tube: tells a short strong tube from a long faint one of the same score. */
  meanPerFrame: number
}

/**
 * The maximal tube of one attribute over a whole video in one pass: score maps of overlapping windows are joined in time,
 * each frame from the window in whose middle it lies nearest, and searched as one map.
 * @param windows in rising order of start, without gaps
 * @throws RangeError where frames between two windows are missing
 */
export function longEvidence(
  model: ExplainerModel,
  windows: readonly WindowFeatures[],
  { pair, search, trim = false }: { pair: Pair; search: SearchOptions; trim?: boolean },
): LongEvidence {
  const maps = joinedMaps(model, windows, pair)
  const space = new SearchSpace()
  const widest = bestTube(maps, 1, search, space)
  const { score: minScore } = bestTube(maps, -1, search, space)
  const [first] = widest.cells
  const map = maps.find(({ tap, shape }) => tap === first?.tap && shape === first?.shape)
  if (!map) throw new Error('a tube lies on one of the maps')
  const tube = trim ? trimmedTube(map, search.movement, space) : widest
  const { score } = widest
  const about = { attribute: pair.attribute, score, minScore, mean: meanOf(maps), tube, perFrame: peaks(map), map }
  // Presence is a word about a clip.
  const ofClip = { presence: null, maps: [], shown: null }
  return { ...about, ...ofClip, meanPerFrame: score / widest.cells.length }
}

function joinedMaps(model: ExplainerModel, windows: readonly WindowFeatures[], pair: Pair): ScoreMap[] {
  const owners = frameOwners(windows, model.frames)
  const perWindow = windows.map(({ features }) => deltaMaps(model, model.prepare(features), [pair])[0] ?? [])
  return (perWindow[0] ?? []).map((first, k): ScoreMap => {
    const { rows, cols } = first.grid
    const grid = { frames: owners.length, rows, cols }
    const values = new Float32Array(cellCount(grid))
    for (const [t, { window, frame }] of owners.entries()) {
      const from = perWindow[window]?.[k]
      if (!from) continue
      const at = from.offset + frame * rows * cols
      values.set(from.values.subarray(at, at + rows * cols), t * rows * cols)
    }
    return { ...first, grid, values, offset: 0 }
  })
}

function meanOf(maps: readonly ScoreMap[]): number {
  const total = maps.reduce((sum, { values }) => values.reduce((some, value) => some + value, sum), 0)
  return total / maps.reduce((cells, { values }) => cells + values.length, 0)
}

/** Best first: by score, then by the mean per frame. */
export function rankedLong<T extends Pick<LongEvidence, 'score' | 'meanPerFrame'>>(tubes: readonly T[]): T[] {
  return [...tubes].sort((a, b) => b.score - a.score || b.meanPerFrame - a.meanPerFrame)
}

/** For each frame of the video the window whose middle is nearest, and the frame within it; the earlier of equals. */
export function frameOwners(
  windows: readonly Pick<WindowFeatures, 'start'>[],
  length: number,
): { window: number; frame: number }[] {
  const total = Math.max(0, ...windows.map(({ start }) => start + length))
  return Array.from({ length: total }, (_, t) => {
    const inside = windows
      .map(({ start }, window) => ({ window, frame: t - start, far: Math.abs(t - start - (length - 1) / 2) }))
      .filter(({ frame }) => frame >= 0 && frame < length)
      .sort((a, b) => a.far - b.far || a.window - b.window)
    const [nearest] = inside
    if (!nearest) throw new RangeError(`no window covers sampled frame ${t}`)
    return { window: nearest.window, frame: nearest.frame }
  })
}
