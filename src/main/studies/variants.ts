import type { ExplainerConfig } from '@shared/config/explainer'
import type { SampleConfig } from '@shared/config/sample'
import { featuresOf, inputOf } from '@main/explanation/classify'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import type { EvaluationInput } from '@main/evaluation/evaluate'
import type { ClipSource } from '@main/learning/clip-source'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { reductions } from './class-sets'
import { followsClip } from './follows-clip'
import type { Numbers } from './numbers'
import {
  type SampleClassifier,
  sampleEvaluation,
  sampleFeatures,
  teachSample,
  trainSampleExplainer,
} from './trained-sample'
import { probeVariants } from './variant-probe'

/**
 * Does the answer name what this clip shows, where clips of one class differ? With presence and without, with labels that
 * say nothing of their clips, and with a vocabulary in which classes have no variation.
 */
export async function variantRows(
  classifier: SampleClassifier,
  sample: SampleConfig,
  config: ExplainerConfig,
): Promise<Record<string, Numbers>> {
  const { train, accuracy } = classifier
  const features = await sampleFeatures(classifier, config)
  const own = { features, attributes: train.attributes, assigned: (i: number) => train.assigned(i) }
  const model = await teachSample(classifier, config, own)
  const shuffled = shuffledWithinClass(train, features.length, config.seed)
  const misled = await teachSample(classifier, config, { ...own, trained: model, assigned: (i) => shuffled[i] ?? [] })
  const merged = {
    attributes: train.attributes - sample.removable,
    ofClip: (i: number) => mergedWords(train, sample, i),
  }
  const plain = await teachSample(classifier, config, { features, ...merged, assigned: merged.ofClip })
  const input = sampleEvaluation(classifier, model, { config })
  const ask = async (changes: Partial<EvaluationInput>) => ({
    ...(await followsClip({ ...input, ...changes }, sample)),
  })
  return {
    'follows-clip': { accuracy, ...(await ask({})), knownToFeatures: await probeVariants(input, sample) },
    'own tubes': await ask({ config: { ...input.config, tubes: 'own' } }),
    'four layers': await fourLayers(classifier, sample, config),
    'without class prior': await ask({ explainer: withoutPrior(model) }),
    'without presence': await ask({ explainer: model.withPresence(null) }),
    'labels shuffled': await ask({ explainer: misled }),
    'classes only': await changed({ ...input, explainer: plain }, sample),
  }
}

/** The same network, explained by its last four convolutions instead of two. */
async function fourLayers(
  { model: two, ...about }: SampleClassifier,
  sample: SampleConfig,
  config: ExplainerConfig,
): Promise<Numbers> {
  const model = C3dResnet.from(two, { ...two.config, taps: 4 }, two.classes)
  try {
    const explainer = await trainSampleExplainer({ model, train: about.train }, config)
    return { ...(await followsClip(sampleEvaluation({ ...about, model }, explainer, { config }), sample)) }
  } finally {
    model.dispose()
  }
}

/** A clip's attribute by what the clip shows alone, not by how often clips of its class show it. */
function withoutPrior(model: ExplainerModel): ExplainerModel {
  const { presence: head } = model
  return head ? model.withPresence({ ...head, prior: new Float32Array(head.prior.length) }) : model
}

/** The labels of every clip are those of another clip of its class. */
function shuffledWithinClass(train: ClipSource, count: number, seed: number): (readonly number[])[] {
  const clips = Array.from({ length: count }, (_, i) => i)
  const shuffled: (readonly number[])[] = []
  for (const [label, own] of Map.groupBy(clips, (i) => train.label(i))) {
    const others = random(seed, 6, label).shuffle(own)
    own.forEach((i, k) => (shuffled[i] = train.assigned(others[k] ?? i)))
  }
  return shuffled
}

/** Red and plain in one word; the words after them move up. */
function mergedWords(train: ClipSource, { removable }: SampleConfig, i: number): number[] {
  return [...new Set(train.assigned(i).map((s) => (s < removable ? s : s - removable)))].sort((a, b) => a - b)
}

/** Answers that presence changes; of questions why A and not A without one thing. */
async function changed(input: EvaluationInput, sample: SampleConfig): Promise<Numbers> {
  const { target, explainer, search, clips } = input
  let [questions, differing] = [0, 0]
  for (let i = 0; i < clips.count; i++) {
    const { pixels, label } = await clips.get(i)
    const [features] = await featuresOf(target, [inputOf(target, pixels)])
    const pos = features?.probabilities.indexOf(Math.max(...features.probabilities))
    if (!features || pos !== label) continue
    const prepared = explainer.prepare(features)
    for (const neg of reductions(sample, label, 1)) {
      const evidence = searchAttributes(explainer, prepared, { pos: label, neg, search, trim: false })
      const [having, lacking] = [explainer.presence, null].map((head) => ranked(evidence, 'min', head)[0]?.attribute)
      questions++
      if (having !== lacking) differing++
    }
  }
  return { questions, changed: differing }
}

/** The study in a few numbers, from the means of its rows. */
export function variantHeadline(means: Readonly<Record<string, Numbers>>): Numbers {
  const of = (row: string, key: string) => means[row]?.[key] ?? NaN
  return {
    named: of('follows-clip', 'follows'),
    bothOwn: of('follows-clip', 'changesWithClip'),
    thing: of('follows-clip', 'thing'),
    namedWithout: of('without presence', 'follows'),
    bothOwnWithout: of('without presence', 'changesWithClip'),
    shuffledNamed: of('labels shuffled', 'follows'),
    classesOnlyChanged: of('classes only', 'changed'),
    ncaTop1: of('follows-clip', 'ncaTop1'),
    tubeIou: of('follows-clip', 'tubeIou'),
  }
}
