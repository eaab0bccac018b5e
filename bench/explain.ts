import { bestAnswers } from '@main/explanation/answers'
import { featuresOf } from '@main/explanation/classify'
import { baselines } from '@main/explanation/baselines'
import { ranked, searchAttributes, searchNegatives } from '@main/explanation/rank-attributes'
import { openEngine } from '@main/learning/engine/open-engine'
import { type ExplainerModel, newExplainer } from '@main/learning/explainer/explainer-model'
import type { PresenceHead } from '@main/learning/explainer/presence/presence-head'
import { type Random, random } from '@main/learning/random'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { cpuMs, inTurns, option, rounded } from './support/measure'

const [classes, attributes] = [24, 40]
const search = { movement: 1, link: 'fixed' } as const

/**
 * Ours beside Grad-CAM in 3-D on the same clip and the same network, turn by turn: one pair, and all 23 negatives, with
 * features at hand; Grad-CAM from the pixels on, one class. In milliseconds of processor time, all cores together, which
 * other work on the machine changes least. `--width 32` and `--rounds 9` for another network and more turns.
 */
/** A presence head of chance weights: what it says takes as long as what a trained one says. */
function aHead({ grids, classes: count, attributes: words }: ExplainerModel, stream: Random): PresenceHead {
  const draw = (length: number) => Float32Array.from({ length }, () => 0.01 * stream.normal())
  return {
    words: grids.map(({ channels }) => draw(words * 9 * channels)),
    ...{ bias: draw(words), prior: draw(count * words), nearTie: 0.25 },
  }
}

export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const engine = await openEngine()
  const width = option('width', 64)
  const rounds = option('rounds', 7)
  const config = ClassifierConfig.parse({ stem: width, widths: [width, 2 * width, 4 * width, 8 * width] })
  const { frames, size } = config
  const target = new C3dResnet(config, classes, { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] })
  const stream = random(1)
  const input = Float32Array.from({ length: frames * size * size * 3 }, () => stream.normal())
  const [features] = await featuresOf(target, [input])
  if (!features) throw new Error('the network said nothing')
  const model = newExplainer({ taps: target.taps, frames, classes, attributes }, ExplainerConfig.parse({}), [])
  const prepared = model.prepare(features)
  const question = { pos: 0, search, trim: false }
  const ask = (neg: number) => ranked(searchAttributes(model, prepared, { ...question, neg }), 'min', null)[0]
  const evidence = ask(1)
  if (!evidence) throw new Error('the explainer has no attribute')
  const headed = model.withPresence(aHead(model, stream))
  const negatives = Array.from({ length: classes - 1 }, (_, i) => i + 1)
  const about = {
    target,
    model,
    input,
    prepared,
    evidence,
    search,
    stream,
    pos: 0,
    neg: 1,
    right: [],
    truth: new Map(),
  }
  const times = await inTurns(rounds, cpuMs, {
    forwardMs: () => featuresOf(target, [input]),
    gradCamMs: () =>
      baselines.gradCam({
        ...about,
        actor: null,
        region: [],
        size: { frames, height: size, width: size },
        guess: () => 0,
      }),
    allNegativesMs: () =>
      searchNegatives(model, prepared, { ...question, negatives }).map((all) => ranked(all, 'min', null)[0]),
    onePairMs: () => ask(1),
    onePairPlacedMs: () =>
      bestAnswers(headed, prepared, { ...question, neg: 1, ...{ select: 'min', tubes: 'placed' }, count: 5 }),
  })
  for (const [what, ms] of Object.entries(times)) say(`${what}: ${ms.toFixed(1)} of processor time`)
  const channels = target.taps.map((tap) => tap.channels)
  target.dispose()
  const allNegativesOverGradCam = rounded(times.allNegativesMs / times.gradCamMs)
  const placedOverOwn = rounded(times.onePairPlacedMs / times.onePairMs)
  say(`presence, and five tubes placed, over a question without: ${placedOverOwn}`)
  say(`all ${negatives.length} negatives over Grad-CAM: ${allNegativesOverGradCam}`)
  return {
    ...{ engine, size, frames, classes, attributes, width, channels, rounds, of: 'processor time, all cores' },
    ...Object.fromEntries(Object.entries(times).map(([what, ms]) => [what, rounded(ms)])),
    ...{ allNegativesOverGradCam, placedOverOwn },
  }
}
