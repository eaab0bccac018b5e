import { type ClassifierConfig, ClassifierConfig as Classifier, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, type ExplainerSettings } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import { evaluate, type EvaluationResult } from '@main/evaluation/evaluate'
import { sampleEvaluation, type SampleClassifier, trainSampleClassifier, trainSampleExplainer } from './trained-sample'
import { type Numbers, numbersOf } from './numbers'

/** The paper's own picture size, 112x112x16, on T1: objects of `cell` px, a grid of 14x14 or 7x7 cells. */
export interface SizeCase {
  name: string
  cell: number
  preset: 'Grid14' | 'Grid7'
  epochs: number
  /** Trained for so many epochs at 64x64 first, then fine-tuned. */
  first?: number
  learningRate?: number
  /** Explanation models to train of the one classifier. */
  explainers: Readonly<Record<string, ExplainerSettings>>
}

const plain = { '': {} } as const

/** The questions of docs/results.md: the two presets; whether fine-tuning matters or only how long; pooling of features. */
export const sizeCases: readonly SizeCase[] = [
  { name: 'grid14-tuned', cell: 8, preset: 'Grid14', first: 6, epochs: 5, learningRate: 0.05, explainers: plain },
  { name: 'grid14-tuned-3', cell: 8, preset: 'Grid14', first: 6, epochs: 3, learningRate: 0.05, explainers: plain },
  { name: 'grid14-5-epochs', cell: 8, preset: 'Grid14', epochs: 5, explainers: plain },
  { name: 'grid14-9-epochs', cell: 8, preset: 'Grid14', epochs: 9, explainers: plain },
  { name: 'grid7', cell: 16, preset: 'Grid7', epochs: 7, explainers: plain },
  {
    ...{ name: 'large-objects', cell: 16, preset: 'Grid14', epochs: 7 },
    explainers: { '': {}, '-pooled': { featurePooling: 2 } },
  },
]

/** Trains and measures one case. @returns numbers by explanation model */
export async function runSizeCase(
  { name, cell, preset, epochs, first, learningRate, explainers }: SizeCase,
  seed: number,
): Promise<Record<string, Numbers>> {
  const sample = SampleConfig.parse({ seed, size: 112, cell })
  const settings = { ...classifierPresets[preset].settings, epochs, seed, ...(learningRate ? { learningRate } : {}) }
  const started = first ? await small(seed, cell, first) : null
  const classifier = await trainSampleClassifier(sample, Classifier.parse(settings), started?.model)
  started?.model.dispose()
  try {
    const rows: Record<string, Numbers> = {}
    for (const [suffix, choice] of Object.entries(explainers))
      rows[name + suffix] = await measured(classifier, ExplainerConfig.parse({ seed, ...choice }))
    return rows
  } finally {
    classifier.model.dispose()
  }
}

async function small(seed: number, cell: number, epochs: number): Promise<SampleClassifier> {
  const config: ClassifierConfig = Classifier.parse({ ...classifierPresets.Tour.settings, epochs, seed })
  return trainSampleClassifier(SampleConfig.parse({ seed, cell }), config)
}

async function measured(classifier: SampleClassifier, config: ExplainerConfig): Promise<Numbers> {
  const explainer = await trainSampleExplainer(classifier, config)
  const input = sampleEvaluation(classifier, explainer, { config, settings: { maxPairs: 120 } })
  const plain: EvaluationResult = await evaluate(input)
  const trimmed = await evaluate({ ...input, config: { ...input.config, trim: true, baselines: [] } })
  return {
    accuracy: classifier.accuracy,
    confidence: plain.confidence,
    ...numbersOf(plain, 'method'),
    ...numbersOf(plain, 'selectByMax', 'max'),
    ...numbersOf(plain, 'randomTube', 'random'),
    ...numbersOf(trimmed, 'method', 'trimmed'),
  }
}
