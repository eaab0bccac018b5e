import { random } from '@main/learning/random'

/** A question to measure: the clip by its place, and B. */
export interface ClipPair {
  clip: number
  neg: number
}

/**
 * A seeded draw among all the questions, so that a limit measures a sample of the data and not its beginning.
 * @returns the negatives drawn for each clip, in rising order; a clip without any is left out
 */
export function drawnPairs(pairs: readonly ClipPair[], most: number, seed: number): Map<number, number[]> {
  const drawn = new Set(
    random(seed, 31)
      .shuffle([...pairs])
      .slice(0, most),
  )
  // In the order of the list, whatever the order of the draw.
  const byClip = Map.groupBy(
    pairs.filter((pair) => drawn.has(pair)),
    ({ clip }) => clip,
  )
  return new Map([...byClip].map(([clip, own]) => [clip, own.map(({ neg }) => neg)]))
}
