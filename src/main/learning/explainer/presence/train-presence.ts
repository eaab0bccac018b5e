import { bytesPerMegabyte } from '@shared/megabytes'
import type { ExplainerConfig } from '@shared/config/explainer'
import { Failure } from '@shared/failures'
import type { FeatureSource } from '@main/learning/explainer/clip-features'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { type Bag } from './bag-loss'
import { type ClipLabels, classPrior } from './class-prior'
import { contrastModel, contrastTubes } from './contrast-tubes'
import { fitHead } from './fit-head'
import type { PresenceHead } from './presence-head'
import { foldMoments, standardise } from './standardise'
import { readTube } from './tube-reading'

export interface PresenceTraining {
  config: Pick<ExplainerConfig, 'movement' | 'link' | 'nearTie' | 'memoryBudget' | 'seed'>
  /** Trained, and frozen from here on. */
  model: ExplainerModel
  features: FeatureSource
  /** Class of clip i, from 0, and which attributes it shows, of length S. */
  label(i: number): number
  labels(i: number): ClipLabels
  /** How much each label of clip i counts, [S], 0 to 1; all the same when left out. */
  weights?: ((i: number) => Float32Array) | undefined
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
  onLoss?: (step: number, loss: number) => void
}

export interface TrainedHead {
  head: PresenceHead
  clips: number
  tubes: number
  /** Numbers read of each tube: nine cells of every channel, or their sums where nine did not fit the memory budget. */
  cells: 1 | 9
}

/** Share of the memory budget that tubes may take, twice: here and on the engine. */
const budgetShare = 0.5

/**
 * Trains the head that names what a clip shows (docs/method.md, "Presence"): for every clip the contrast's own tubes,
 * what they cover, and the clip's labels. No boxes.
 * @throws Failure INTERRUPTED
 */
export async function trainPresence(training: PresenceTraining): Promise<TrainedHead> {
  const { config, model, label, labels, weights, signal, onProgress, onLoss } = training
  const plan = planOf(training)
  const { clips, cells, size } = plan
  const tubes = await readTubes(training, plan)
  const known = clips.map((i) => ({ label: label(i), labels: labels(i), ...(weights && { weights: weights(i) }) }))
  const moments = standardise(tubes, size)
  const each = model.classes - 1
  const { words, bias } = await fitHead({
    bags: known.map((clip, k): Bag => ({ ...clip, from: k * each, count: each })),
    prior: classPrior(known, model),
    attributes: model.attributes,
    tubes,
    size,
    signal,
    onStep: (done, total, loss) => {
      onProgress?.(clips.length + done, clips.length + total)
      onLoss?.(done, loss)
    },
  })
  foldMoments(words, bias, moments)
  const head: PresenceHead = {
    ...{ words: perTap(model, words, cells), bias, prior: classPrior(known, model) },
    nearTie: config.nearTie,
  }
  return { head, clips: clips.length, tubes: clips.length * each, cells }
}

interface Plan {
  clips: readonly number[]
  cells: 1 | 9
  /** Numbers per tube. */
  size: number
}

/** All cells of all clips; sums of the nine where they do not fit the budget; fewer clips where those do not either. */
function planOf({ config, model, features, labels }: PresenceTraining): Plan {
  const all = Array.from({ length: features.count }, (_, i) => i).filter((i) => labels(i).some((value) => value >= 0))
  const channels = model.grids.reduce((sum, grid) => sum + grid.channels, 0)
  const perClip = (size: number) => 2 * Float32Array.BYTES_PER_ELEMENT * size * (model.classes - 1)
  const room = budgetShare * config.memoryBudget * bytesPerMegabyte
  if (all.length * perClip(9 * channels) <= room) return { clips: all, cells: 9, size: 9 * channels }
  const most = Math.max(1, Math.floor(room / perClip(channels)))
  const clips = most < all.length ? random(config.seed, 5).shuffle(all).slice(0, most) : all
  return { clips, cells: 1, size: channels }
}

/** What the contrast's tubes cover, [clips * (C - 1), size]. */
async function readTubes(training: PresenceTraining, { clips, cells, size }: Plan): Promise<Float32Array> {
  const { model, features, config, signal, onProgress } = training
  const contrast = contrastModel(model)
  const each = model.classes - 1
  const all = new Float32Array(clips.length * each * size)
  const read = new Float32Array(9 * model.grids.reduce((sum, grid) => sum + grid.channels, 0))
  for (const [k, i] of clips.entries()) {
    if (signal?.aborted) throw new Failure('INTERRUPTED', {})
    const clip = await features.get(i)
    const prepared = model.prepare(clip)
    const pos = clip.probabilities.indexOf(Math.max(...clip.probabilities))
    for (const [b, tube] of contrastTubes(contrast, prepared, { pos, search: config }).entries()) {
      readTube(model, prepared, tube.cells, read)
      all.set(cells === 9 ? read : sumsOf(model, read), (k * each + b) * size)
    }
    onProgress?.(k + 1, clips.length)
  }
  return all
}

/** Each channel's sum over the nine cells, tap by tap. */
function sumsOf({ grids }: ExplainerModel, nine: Float32Array): Float32Array {
  const sums = new Float32Array(nine.length / 9)
  let [start, to] = [0, 0]
  for (const { channels } of grids) {
    for (let at = 0; at < 9 * channels; at++) {
      const x = to + (at % channels)
      sums[x] = (sums[x] as number) + (nine[start + at] as number)
    }
    start += 9 * channels
    to += channels
  }
  return sums
}

/** [S, size] as kernels of each tap, [S, 9, d]; weights of sums stand in all nine cells. */
function perTap({ grids, attributes }: ExplainerModel, words: Float32Array, cells: 1 | 9): Float32Array[] {
  const size = words.length / attributes
  let start = 0
  return grids.map(({ channels }) => {
    const from = start
    start += cells * channels
    return Float32Array.from({ length: attributes * 9 * channels }, (_, at) => {
      const inner = at % (9 * channels)
      const place = from + (cells === 9 ? inner : inner % channels)
      return words[Math.floor(at / (9 * channels)) * size + place] as number
    })
  })
}
