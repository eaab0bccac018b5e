import { featuresOf, inputOf } from '@main/explanation/classify'
import { type LongEvidence, type WindowFeatures, longEvidence, rankedLong } from '@main/explanation/long-video'
import { ranked } from '@main/explanation/rank-attributes'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { SearchOptions } from '@main/learning/search/best-tube'
import type { ExplainTask } from '@main/runs/worker-tasks'
import { type Asked, nextTurn } from './question'

/** A whole video before one model: its windows, and the question with what the model says of all of them. */
export interface AskedWhole {
  asked: Asked
  windows: WindowFeatures[]
}

/** Looks at the whole video in windows that overlap by half; what the model says is the mean over them. */
export async function askWhole(asked: Asked, signal: AbortSignal): Promise<AskedWhole> {
  const { clips, target } = asked
  const windows: WindowFeatures[] = []
  const logits = new Float32Array(asked.vocabulary.classes.length)
  const probabilities = new Float32Array(logits.length)
  for await (const { start, pixels } of clips.covering(0, signal)) {
    const [features] = await featuresOf(target, [inputOf(target, pixels)])
    if (!features) throw new Error('the classifier said nothing')
    windows.push({ start, features })
    for (const c of logits.keys()) {
      logits[c] = (logits[c] ?? 0) + (features.logits[c] ?? 0)
      probabilities[c] = (probabilities[c] ?? 0) + (features.probabilities[c] ?? 0)
    }
    await nextTurn(signal)
  }
  const mean = (sums: Float32Array) => sums.map((sum) => sum / windows.length)
  const frames = clips.frames(0, { kind: 'whole' })
  const whole = {
    features: { ...asked.features, logits: mean(logits), probabilities: mean(probabilities) },
    size: { ...asked.size, frames: frames.length },
    place: { ...asked.place, frames },
  }
  return { asked: { ...asked, ...whole }, windows }
}

interface WholeQuestion extends Pick<ExplainTask, 'options'> {
  pos: number
  neg: number
  search: SearchOptions
}

/** The evidence of every attribute over the whole video, best first. */
export async function searchWhole(
  model: ExplainerModel,
  windows: readonly WindowFeatures[],
  { question: { pos, neg, search, options }, signal }: { question: WholeQuestion; signal: AbortSignal },
): Promise<LongEvidence[]> {
  const found: LongEvidence[] = []
  for (let attribute = 0; attribute < model.attributes; attribute++) {
    found.push(longEvidence(model, windows, { pair: { pos, neg, attribute }, search, trim: options.trim }))
    await nextTurn(signal)
  }
  return options.select === 'max' ? rankedLong(found) : ranked(found, 'min', null)
}
