import { featuresOf } from '@main/explanation/classify'
import { baselines } from '@main/explanation/baselines'
import { openEngine } from '@main/learning/engine'
import { newExplainer } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { medianMs, option, rounded } from './support/measure'

const [classes, attributes] = [24, 40]

/**
 * Ours beside Grad-CAM in 3-D on the same clip and the same network: one pair, and all 23 negatives, with features at
 * hand; Grad-CAM from the pixels on, one class.
 */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const engine = await openEngine()
  const width = option('width', 32)
  const config = ClassifierConfig.parse({ stem: width, widths: [width, 2 * width, 4 * width, 8 * width] })
  const target = new C3dResnet(config, classes, { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] })
  const stream = random(1)
  const { frames, size } = config
  const input = Float32Array.from({ length: frames * size * size * 3 }, () => stream.normal())
  const forwardMs = medianMs(3, () => featuresOf(target, [input]))
  say(`forward pass: ${forwardMs.toFixed(0)} ms`)
  const [features] = featuresOf(target, [input])
  if (!features) throw new Error('the network said nothing')
  const shape = { taps: target.taps, frames, classes, attributes }
  const model = newExplainer(shape, ExplainerConfig.parse({}), [])
  const search = { movement: 1, link: 'fixed' } as const
  const prepared = model.prepare(features)
  const ask = (neg: number) => ranked(searchAttributes(model, prepared, { pos: 0, neg, search, trim: false }), 'min')[0]
  const onePairMs = medianMs(5, () => ask(1))
  say(`ours, one pair: ${onePairMs.toFixed(1)} ms`)
  const allNegativesMs = medianMs(3, () => Array.from({ length: classes - 1 }, (_, i) => ask(i + 1)))
  say(`ours, all ${classes - 1} negatives: ${allNegativesMs.toFixed(0)} ms`)
  const evidence = ask(1)
  if (!evidence) throw new Error('the explainer has no attribute')
  const gradCamMs = medianMs(3, () =>
    baselines.gradCam({
      ...{ target, model, input, prepared, evidence, search, stream, pos: 0, neg: 1, right: [], truth: new Map() },
      ...{ actor: null, size: { frames, height: size, width: size }, guess: () => 0 },
    }),
  )
  say(`Grad-CAM in 3-D: ${gradCamMs.toFixed(0)} ms`)
  const channels = target.taps.map((tap) => tap.channels)
  target.dispose()
  return {
    ...{ engine, size, frames, classes, attributes, width, channels },
    ...{ forwardMs: rounded(forwardMs), onePairMs: rounded(onePairMs), allNegativesMs: rounded(allNegativesMs) },
    gradCamMs: rounded(gradCamMs),
  }
}
