/** Pixels to network input, per channel: (value / 255 - mean) / deviation. The mean colour becomes 0. */
export interface PixelScale {
  /** RGB, 0 to 1. */
  mean: readonly [number, number, number]
  deviation: readonly [number, number, number]
}

/** @param pixels [..., 3] RGB @returns as many floats */
export function normalisePixels(pixels: Uint8Array, { mean, deviation }: PixelScale): Float32Array {
  const tables = [0, 1, 2].map((c) =>
    Float32Array.from({ length: 256 }, (_, v) => (v / 255 - (mean[c] ?? 0)) / (deviation[c] ?? 1)),
  )
  const [red, green, blue] = tables as [Float32Array, Float32Array, Float32Array]
  const values = new Float32Array(pixels.length)
  for (let i = 0; i < pixels.length; i += 3) {
    values[i] = red[pixels[i] as number] as number
    values[i + 1] = green[pixels[i + 1] as number] as number
    values[i + 2] = blue[pixels[i + 2] as number] as number
  }
  return values
}

/** Mean and standard deviation of the colours of some clips. */
export class PixelScaleMeter {
  private count = 0
  private readonly sum = [0, 0, 0]
  private readonly squares = [0, 0, 0]

  /** @param pixels [..., 3] RGB */
  add(pixels: Uint8Array): void {
    for (let i = 0; i < pixels.length; i++) {
      const value = (pixels[i] as number) / 255
      const c = i % 3
      this.sum[c] = (this.sum[c] as number) + value
      this.squares[c] = (this.squares[c] as number) + value * value
    }
    this.count += pixels.length / 3
  }

  scale(): PixelScale {
    const mean = this.sum.map((sum) => sum / Math.max(1, this.count))
    const deviation = this.squares.map((sum, c) =>
      Math.sqrt(Math.max(1e-6, sum / Math.max(1, this.count) - (mean[c] as number) ** 2)),
    )
    return { mean: mean as unknown as PixelScale['mean'], deviation: deviation as unknown as PixelScale['deviation'] }
  }
}
