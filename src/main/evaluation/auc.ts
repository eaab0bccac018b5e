/**
 * Area under the ROC curve: how often a positive's score exceeds a negative's, ties counting a half.
 * @returns null where either list is empty
 */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null
  const all = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score)
  let rankSum = 0
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]?.score === all[from]?.score) to++
    // Ranks from 1; tied ones share their mean.
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i++) if (all[i]?.positive) rankSum += rank
    from = to
  }
  const n = positives.length
  return (rankSum - (n * (n + 1)) / 2) / (n * negatives.length)
}
