import { ExplainerConfig } from '@shared/config/explainer'
import { MetricPoint } from '@shared/contract/learning'
import { z } from 'zod'
import { TrainingFacts } from '@main/evaluation/training-facts'
import { writeSafetensors } from '@main/learning/checkpoint/safetensors'
import { type ExplainerModel, explainerOf } from '@main/learning/explainer/explainer-model'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { FileHashes, readAbout, saveModel, weightsIn } from './model-folder'

const ExplainerFile = z.object({
  format: z.literal(1),
  kind: z.literal('factorised-explainer'),
  config: ExplainerConfig,
  /** Names, in the order of the kernels. */
  classes: z.array(z.string()),
  attributes: z.array(z.string()),
  /** Not known of models made before it was stored. */
  facts: TrainingFacts.nullable().default(null),
  /** What was measured up to here, where training is to go on from it. */
  curve: z.array(MetricPoint).default([]),
  sha256: FileHashes,
})

export interface ExplainerNames {
  config: ExplainerConfig
  classes: readonly string[]
  attributes: readonly string[]
  facts?: TrainingFacts
  curve?: readonly MetricPoint[]
}

/** An explanation model as it is used: its kernels, how it was trained, and what it can be asked. */
export interface OpenedExplainer {
  model: ExplainerModel
  config: ExplainerConfig
  facts: TrainingFacts | null
  curve: readonly MetricPoint[]
}

export function saveExplainer(folder: string, model: ExplainerModel, names: ExplainerNames): void {
  const about = { format: 1, kind: 'factorised-explainer', ...names }
  saveModel(folder, about, { 'weights.safetensors': writeSafetensors(model.toWeights()) })
}

/** The explainer of a folder, for the classifier it explains. Throws Failure RUN_DAMAGED where a file is missing or changed, Error where they do not fit. */
export function loadExplainer(folder: string, target: TargetClassifier): OpenedExplainer {
  const { config, classes, attributes, sha256, ...known } = readAbout(folder, ExplainerFile)
  const weights = weightsIn(folder, 'weights.safetensors', sha256)
  const shape = { taps: target.taps, frames: target.frames, classes: classes.length, attributes: attributes.length }
  return { model: explainerOf(shape, config, weights), config, facts: known.facts, curve: known.curve }
}
