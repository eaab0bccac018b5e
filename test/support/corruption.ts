/** Small seeded numbers, 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A damaged copy: bits flipped, bytes overwritten, a piece cut out, or the end cut off; in a third of the copies near
 * the beginning, where the header is.
 */
export function corrupted(bytes: Buffer, seed: number): Buffer {
  const random = seeded(seed)
  const reach = random() < 1 / 3 ? Math.min(bytes.length, 2048) : bytes.length
  const at = () => Math.floor(random() * reach)
  const kind = Math.floor(random() * 4)
  const copy = Buffer.from(bytes)
  if (kind === 0) for (let i = 0; i < 1 + random() * 60; i++) copy[at()]! ^= 1 << Math.floor(random() * 8)
  if (kind === 1) for (let i = 0, from = at(); i < random() * 512; i++) copy[from + i] = Math.floor(random() * 256)
  if (kind === 2) {
    const from = at()
    return Buffer.concat([copy.subarray(0, from), copy.subarray(from + Math.floor(random() * 4096))])
  }
  return kind === 3 ? copy.subarray(0, at()) : copy
}
