import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import type { EvaluationConfig } from '@shared/config/evaluation'
import { SampleConfig } from '@shared/config/sample'
import { checkCounterfactuality } from '@main/evaluation/counterfactual-checks'
import { evaluate, type EvaluationResult } from '@main/evaluation/evaluate'
import { randomisedExplainer } from '@main/evaluation/sanity'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { sampleEvaluation, trainSampleClassifier, trainSampleExplainer } from './trained-sample'

export interface SampleProof {
  seconds: number
  testAccuracy: number
  testConfidence: number
  method: EvaluationResult['columns']
  /** The same with other settings, in the order asked for. */
  more: EvaluationResult['columns'][]
  trimmed: EvaluationResult['columns']
  randomisedExplainer: EvaluationResult['columns']
  randomisedNetwork: EvaluationResult['columns']
  checks: Awaited<ReturnType<typeof checkCounterfactuality>>
}

/** The method on a trained network: classifier, explainer and every measurement of one seed, without a project. */
export async function proveSample(
  settings: Partial<SampleConfig> & { seed: number },
  say: (line: string) => void,
  measuring: readonly Partial<EvaluationConfig>[] = [],
): Promise<SampleProof> {
  const from = performance.now()
  const { seed } = settings
  const config = ClassifierConfig.parse({ ...classifierPresets.Tour.settings, seed })
  const classifier = await trainSampleClassifier(SampleConfig.parse(settings), config)
  const { model } = classifier
  say(`seed ${seed}: classifier trained`)
  const network = new C3dResnet({ ...config, seed: seed + 1000 }, model.classes, model.scale)
  try {
    const explaining = ExplainerConfig.parse({ seed })
    const explainer = await trainSampleExplainer(classifier, explaining)
    say(`seed ${seed}: explainer trained`)
    const input = sampleEvaluation(classifier, explainer, { config: explaining })
    const measured = await evaluate(input)
    const more: EvaluationResult['columns'][] = []
    for (const change of measuring)
      more.push((await evaluate({ ...input, config: { ...input.config, ...change } })).columns)
    const untrained = randomisedExplainer(explainer, seed)
    return {
      testAccuracy: classifier.accuracy,
      testConfidence: measured.confidence,
      method: measured.columns,
      more,
      trimmed: (await evaluate({ ...input, config: { ...input.config, trim: true } })).columns,
      randomisedExplainer: (await evaluate({ ...input, explainer: untrained })).columns,
      randomisedNetwork: (await evaluate({ ...input, target: network })).columns,
      checks: await checkCounterfactuality({ ...input, clips: { ...input.clips, count: 80 } }),
      seconds: (performance.now() - from) / 1000,
    }
  } finally {
    model.dispose()
    network.dispose()
  }
}
