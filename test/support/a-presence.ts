import { ExplainerConfig } from '@shared/config/explainer'
import { type ExplainerModel, newExplainer } from '@main/learning/explainer/explainer-model'
import type { PresenceHead } from '@main/learning/explainer/presence/presence-head'
import { cellWeights } from '@main/learning/explainer/shape-kernels'
import { random } from '@main/learning/random'
import type { Cell } from '@main/learning/search/score-map'
import type { TapGeometry } from '@shared/tap-geometry'
import { aTap } from './a-tap'

/** Two taps of one picture whose cells differ: 4x4 of 8 pixels, and 2x2 of 16. */
export const unlikeTaps = [aTap(), aTap({ name: 'coarse', rows: 2, cols: 2, channels: 3, strideX: 16, strideY: 16 })]

/** A model with a head and large random weights, and features like those after a ReLU. */
export function aPresence({ taps = unlikeTaps, seed = 1 }: { taps?: readonly TapGeometry[]; seed?: number } = {}) {
  const [frames, classes, attributes] = [3, 3, 2]
  const stream = random(seed, 9)
  const draw = (count: number) => Float32Array.from({ length: count }, () => stream.normal())
  const kernels = newExplainer({ taps, frames, classes, attributes }, ExplainerConfig.parse({ seed }), [])
  for (const { classes: c, attributes: s } of kernels.weights) for (const list of [c, s]) list.set(draw(list.length))
  const head: PresenceHead = {
    words: taps.map(({ channels }) => draw(attributes * 9 * channels)),
    ...{ bias: draw(attributes), prior: draw(classes * attributes), nearTie: 0.25 },
  }
  const features = taps.map(({ rows, cols, channels }) =>
    draw(frames * rows * cols * channels).map((value) => Math.max(0, value)),
  )
  return { model: kernels.withPresence(head), head, features }
}

/** <v_s, f(R)> as the formula says it, cell by cell of the kernel, in double precision. */
export function plainResponse(
  model: ExplainerModel,
  features: readonly Float32Array[],
  { words, attribute, cells }: { words: readonly Float32Array[]; attribute: number; cells: readonly Cell[] },
): number {
  let sum = 0
  for (const cell of cells)
    for (const [tap, { rows, cols, channels }] of model.grids.entries()) {
      const own = model.geometry(cell.tap)
      const there = model.geometry(tap)
      const y = (cell.row + 0.5) * own.strideY + own.offsetY
      const x = (cell.col + 0.5) * own.strideX + own.offsetX
      const row = Math.min(rows - 1, Math.max(0, Math.round((y - there.offsetY) / there.strideY - 0.5)))
      const col = Math.min(cols - 1, Math.max(0, Math.round((x - there.offsetX) / there.strideX - 0.5)))
      for (let k = 0; k < 9; k++) {
        const [i, j] = [row + Math.floor(k / 3) - 1, col + (k % 3) - 1]
        if (i < 0 || j < 0 || i >= rows || j >= cols) continue
        for (let c = 0; c < channels; c++)
          sum +=
            cellWeights[cell.shape]![k]! *
            words[tap]![(attribute * 9 + k) * channels + c]! *
            features[tap]![((cell.frame * rows + i) * cols + j) * channels + c]!
      }
    }
  return sum / cells.length
}
