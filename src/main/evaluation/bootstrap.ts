import { random } from '@main/learning/random'

export interface Estimate {
  value: number | null
  /** Rows behind the value: its denominator. */
  count: number
  /** 95 % interval, bootstrapped over videos. */
  low: number | null
  high: number | null
}

const draws = 400

/** Mean of the rows' values with an interval that draws whole videos, since rows of one video are not independent. */
export function estimate(rows: readonly { video: string; value: number }[], seed: number): Estimate {
  if (rows.length === 0) return { value: null, count: 0, low: null, high: null }
  const byVideo = new Map<string, { sum: number; count: number }>()
  for (const { video, value } of rows) {
    const own = byVideo.get(video) ?? { sum: 0, count: 0 }
    byVideo.set(video, { sum: own.sum + value, count: own.count + 1 })
  }
  const videos = [...byVideo.values()]
  const stream = random(seed, 99)
  const means = Array.from({ length: draws }, () => {
    let sum = 0
    let count = 0
    for (let i = 0; i < videos.length; i++) {
      const drawn = stream.pick(videos)
      sum += drawn.sum
      count += drawn.count
    }
    return sum / count
  }).sort((a, b) => a - b)
  const value = rows.reduce((sum, row) => sum + row.value, 0) / rows.length
  return {
    value,
    count: rows.length,
    low: means[Math.floor(draws * 0.025)] ?? null,
    high: means[Math.ceil(draws * 0.975) - 1] ?? null,
  }
}
