import type { Fill } from '@main/explanation/masking'
import type { OpenedTarget } from '@main/worker/session/opened-target'

/** The colour a masked part has on screen, RGB 0 to 255. A blurred part has none of its own: its mean stands for it. */
export function shownColour(
  fill: Fill,
  { meanColour }: Pick<OpenedTarget, 'meanColour'>,
  pixels: Uint8Array,
): [number, number, number] {
  if (fill === 'black') return [0, 0, 0]
  if (fill === 'mean') return meanColour.map((value) => Math.round(value * 255)) as [number, number, number]
  const sums: [number, number, number] = [0, 0, 0]
  for (let i = 0; i < pixels.length; i++) sums[i % 3] = (sums[i % 3] ?? 0) + (pixels[i] ?? 0)
  return sums.map((sum) => Math.round(sum / (pixels.length / 3))) as [number, number, number]
}
