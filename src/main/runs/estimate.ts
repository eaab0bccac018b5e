import { megabytes } from '@shared/megabytes'
import type { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { trainedConfig } from '@shared/config/imported-model'
import type { Run, StartRun } from '@shared/contract/learning'
import { layerList, trainingBytes } from '@main/learning/target/layer-list'
import type { DataFacts } from './run-checks'

export interface EstimateBasis {
  facts: DataFacts
  /** The network that is trained or explained; null where there is none. */
  target: ClassifierConfig | null
  /** Earlier runs, from whose speed the time is taken. */
  runs: readonly Run[]
  /** The native engine computes, whose fused units keep less. */
  fused: boolean
}

/** What the libraries take before the first tensor, MB. */
const engineMb = 400
/** What a forward pass takes of the memory of a training step. */
const forwardShare = 2 / 3

/** Time and memory of a run. Seconds come from the newest finished run of the same network, null without one. */
export function estimateRun(
  start: StartRun,
  { facts, target, runs, fused }: EstimateBasis,
): { seconds: number | null; memoryMb: number } {
  const done = runs.filter(({ kind, state }) => kind === start.kind && state === 'done')
  if (start.kind === 'classifier') {
    const { config } = start
    const needed = megabytes(trainingBytes(layerList(config), config, { fused }) * config.batch)
    const perClip = newest(done, (run) => secondsPerClip(run, config))
    const seconds = perClip === null ? null : perClip * config.epochs * facts.trainVideos
    return { seconds, memoryMb: Math.round(engineMb + Math.min(needed, config.memoryBudget)) }
  }
  const { config } = start
  const perStep = newest(done, (run) => secondsPerStep(run, config))
  const training = target ? megabytes(trainingBytes(layerList(target), target, { fused })) : 0
  const needed = Math.min(config.memoryBudget, training * forwardShare + 200)
  return { seconds: perStep === null ? null : perStep * config.steps, memoryMb: Math.round(engineMb + needed) }
}

function newest(runs: readonly Run[], measure: (run: Run) => number | null): number | null {
  for (const run of runs) {
    const value = measure(run)
    if (value !== null) return value
  }
  return null
}

function secondsPerClip(run: Run, config: ClassifierConfig): number | null {
  const earlier = trainedConfig(run.config)
  const seconds = secondsOf(run)
  if (!earlier || seconds === null || run.trainVideos === 0) return null
  const same = (['size', 'frames', 'stem', 'widths', 'poolAfter'] as const).every(
    (key) => String(earlier[key]) === String(config[key]),
  )
  return same ? seconds / (earlier.epochs * run.trainVideos) : null
}

function secondsPerStep(run: Run, { batch }: ExplainerConfig): number | null {
  const earlier = ExplainerConfig.safeParse(run.config)
  const seconds = secondsOf(run)
  return earlier.success && seconds !== null ? (seconds / (earlier.data.steps * earlier.data.batch)) * batch : null
}

function secondsOf({ startedAt, endedAt }: Run): number | null {
  return startedAt !== null && endedAt !== null ? (endedAt - startedAt) / 1000 : null
}
