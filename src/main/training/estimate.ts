import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import type { Run, StartRun } from '@shared/contract/learning'
import type { DataFacts } from './run-checks'

export interface EstimateBasis {
  facts: DataFacts
  /** The network that is trained or explained; null where there is none. */
  target: ClassifierConfig | null
  /** Earlier runs, from whose speed the time is taken. */
  runs: readonly Run[]
}

/** What the libraries take before the first tensor, MB. */
const engineMb = 400
/** Bytes kept per activation of a convolution while training: its output, batch norm's and ReLU's, each with a gradient. */
const bytesPerActivation = 4 * 3 * 2

/** Time and memory of a run. Seconds come from the newest finished run of the same network, null without one. */
export function estimateRun(
  start: StartRun,
  { facts, target, runs }: EstimateBasis,
): { seconds: number | null; memoryMb: number } {
  const done = runs.filter(({ kind, state }) => kind === start.kind && state === 'done')
  if (start.kind === 'classifier') {
    const { config } = start
    const needed = (clipBytes(config) * config.batch) / 2 ** 20
    const perClip = newest(done, (run) => secondsPerClip(run, config))
    const seconds = perClip === null ? null : perClip * config.epochs * facts.trainVideos
    return { seconds, memoryMb: Math.round(engineMb + Math.min(needed, config.memoryBudget)) }
  }
  const { config } = start
  const perStep = newest(done, (run) => secondsPerStep(run, config))
  const forward = target ? (clipBytes(target) * 4) / 6 / 2 ** 20 : 0
  const needed = Math.min(config.memoryBudget, forward + 200)
  return { seconds: perStep === null ? null : perStep * config.steps, memoryMb: Math.round(engineMb + needed) }
}

/** Bytes that one clip takes in a training step of the network. */
export function clipBytes({ size, frames, stem, widths, poolAfter }: ClassifierConfig): number {
  const stages = [
    { name: 'stem', channels: stem, convolutions: 1 },
    ...widths.map((channels, i) => ({ name: `block${i + 1}`, channels, convolutions: 2 })),
  ]
  let side = size
  let activations = 0
  for (const { name, channels, convolutions } of stages) {
    activations += convolutions * channels * frames * side * side
    if (poolAfter.some((after) => after === name)) side = Math.ceil(side / 2)
  }
  return activations * bytesPerActivation
}

function newest(runs: readonly Run[], measure: (run: Run) => number | null): number | null {
  for (const run of runs) {
    const value = measure(run)
    if (value !== null) return value
  }
  return null
}

function secondsPerClip(run: Run, { size, frames, stem, widths }: ClassifierConfig): number | null {
  const earlier = ClassifierConfig.safeParse(run.config)
  const seconds = secondsOf(run)
  if (!earlier.success || seconds === null || run.trainVideos === 0) return null
  const { data } = earlier
  const same =
    data.size === size && data.frames === frames && data.stem === stem && String(data.widths) === String(widths)
  return same ? seconds / (data.epochs * run.trainVideos) : null
}

function secondsPerStep(run: Run, { batch }: ExplainerConfig): number | null {
  const earlier = ExplainerConfig.safeParse(run.config)
  const seconds = secondsOf(run)
  return earlier.success && seconds !== null ? (seconds / (earlier.data.steps * earlier.data.batch)) * batch : null
}

function secondsOf({ startedAt, endedAt }: Run): number | null {
  return startedAt !== null && endedAt !== null ? (endedAt - startedAt) / 1000 : null
}
