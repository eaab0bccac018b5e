import { classify } from '@main/explanation/classify'
import { maskClip } from '@main/explanation/masking'
import type { Baseline } from './baseline'
import { heatAnswer } from './heat-tube'

/** Blocks along each side and in time: a few dozen forward passes a clip. */
const blocks = { space: 4, time: 4 }

/** Occlusion in 3-D (Zeiler and Fergus 2014): how far A's logit falls when a block of the clip is masked. */
export const occlusion: Baseline = async (question) => {
  const { target, model, input, pos, size, colours = { black: [0, 0, 0] } } = question
  const grid = model.grids[0]
  if (!grid) return null
  const { frames, height, width } = size
  const edges = (length: number, parts: number) =>
    Array.from({ length: parts + 1 }, (_, i) => Math.round((i * length) / parts))
  const [ts, ys, xs] = [edges(frames, blocks.time), edges(height, blocks.space), edges(width, blocks.space)]
  const list = ts.slice(1).flatMap((t2, a) =>
    ys.slice(1).flatMap((y2, b) =>
      xs.slice(1).map((x2, c) => ({
        ...{ t1: ts[a] ?? 0, t2, a, b, c },
        box: { x1: xs[c] ?? 0, y1: ys[b] ?? 0, x2, y2 },
      })),
    ),
  )
  const masked = list.map(({ t1, t2, box }) => {
    const region = Array.from({ length: frames }, (_, t) => (t >= t1 && t < t2 ? box : null))
    return maskClip(input, [region], { size, fill: 'mean', colours })
  })
  const [before, ...after] = await classify(target, [input, ...masked])
  const fall = after.map(({ logits }) => (before?.logits[pos] ?? 0) - (logits[pos] ?? 0))
  const heat = Float32Array.from({ length: grid.frames * grid.rows * grid.cols }, (_, i) => {
    const [t, row] = [Math.floor(i / (grid.rows * grid.cols)), Math.floor(i / grid.cols) % grid.rows]
    const part = (at: number, of: number, parts: number) => Math.min(parts - 1, Math.floor((at * parts) / of))
    const a = part(t, grid.frames, blocks.time)
    const b = part(row, grid.rows, blocks.space)
    return fall[(a * blocks.space + b) * blocks.space + part(i % grid.cols, grid.cols, blocks.space)] ?? 0
  })
  return heatAnswer(heat, question)
}
