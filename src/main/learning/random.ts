/** A seeded stream of numbers: the same seeds give the same stream on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, n). */
  int(n: number): number
  /** In [low, high). */
  between(low: number, high: number): number
  /** True with probability p. */
  chance(p: number): boolean
  /** Standard normal. */
  normal(): number
  pick<T>(list: readonly T[]): T
  /** A new list in drawn order. */
  shuffle<T>(list: readonly T[]): T[]
}

/**
 * Opens the stream of these seeds. Several numbers make independent streams: `random(seed, epoch, video)`.
 * The generator is sfc32 (PractRand's small fast counter), seeded by splitmix32.
 */
export function random(...seeds: readonly number[]): Random {
  const next = sfc32(seeds)
  const stream: Random = {
    next,
    int: (n) => Math.floor(next() * n),
    between: (low, high) => low + (high - low) * next(),
    chance: (p) => next() < p,
    // Box and Muller; 1 - u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (list) => {
      const item = list[stream.int(list.length)]
      if (item === undefined) throw new RangeError('cannot pick from an empty list')
      return item
    },
    shuffle: (list) => {
      const drawn = [...list]
      for (let i = drawn.length - 1; i > 0; i--) {
        const j = stream.int(i + 1)
        const [a, b] = [drawn[i], drawn[j]]
        drawn[i] = b as (typeof drawn)[number]
        drawn[j] = a as (typeof drawn)[number]
      }
      return drawn
    },
  }
  return stream
}

function sfc32(seeds: readonly number[]): () => number {
  const mix = splitmix32(seeds)
  let [a, b, c, counter] = [mix(), mix(), mix(), 1]
  const step = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) step()
  return step
}

function splitmix32(seeds: readonly number[]): () => number {
  let state = 0x9e3779b9
  const step = () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
  for (const seed of seeds) {
    state ^= seed | 0
    state ^= step() ^ Math.floor(seed / 4294967296)
  }
  return step
}
