import type { FeatureSource } from './clip-features'

/** Standard deviation of each channel of each tap over some clips, [taps][d]; never less than a thousandth of the largest. */
export async function featureScales(
  source: FeatureSource,
  channels: readonly number[],
  clips = 64,
): Promise<Float32Array[]> {
  const sums = channels.map((d) => new Float64Array(d))
  const squares = channels.map((d) => new Float64Array(d))
  const counts = channels.map(() => 0)
  const taken = Math.min(source.count, clips)
  for (let k = 0; k < taken; k++) {
    const { maps } = await source.get(Math.floor((k * source.count) / taken))
    for (const [tap, map] of maps.entries()) {
      const d = channels[tap] ?? 1
      const [sum, square] = [sums[tap] as Float64Array, squares[tap] as Float64Array]
      for (let i = 0; i < map.length; i++) {
        const value = map[i] as number
        sum[i % d] = (sum[i % d] as number) + value
        square[i % d] = (square[i % d] as number) + value * value
      }
      counts[tap] = (counts[tap] ?? 0) + map.length / d
    }
  }
  return sums.map((sum, tap) => {
    const n = Math.max(1, counts[tap] ?? 1)
    const deviations = Float32Array.from(sum, (s, x) =>
      Math.sqrt(Math.max(0, (squares[tap]?.[x] ?? 0) / n - (s / n) ** 2)),
    )
    const floor = Math.max(1e-6, ...deviations) / 1000
    return deviations.map((value) => Math.max(value, floor))
  })
}
