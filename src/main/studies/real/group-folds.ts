/** A clip as it is dealt out. */
export interface GroupedClip {
  /** Clips of one group stay together; null for a clip of its own. */
  group: string | null
}

/**
 * Deals clips into parts of nearly equal size, whole groups at a time, the largest first: each part is the test of one seed, so that
 * every clip is tested once and never beside a training clip of its own group.
 * @returns [clip] its part, from 0
 */
export function groupFolds(clips: readonly GroupedClip[], parts: number): number[] {
  const groups = Map.groupBy(clips.keys(), (i) => clips[i]?.group ?? `clip ${i}`)
  const sizes = new Array<number>(parts).fill(0)
  const part = new Array<number>(clips.length).fill(0)
  for (const own of [...groups.values()].sort((a, b) => b.length - a.length)) {
    const smallest = sizes.indexOf(Math.min(...sizes))
    sizes[smallest] = (sizes[smallest] ?? 0) + own.length
    for (const i of own) part[i] = smallest
  }
  return part
}
