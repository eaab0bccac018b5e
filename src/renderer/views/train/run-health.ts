import type { MetricPoint, Run } from '@shared/contract/learning'
import { enough } from '@shared/enough'
import { metric, probability } from '@renderer/words/format'
import { first, measuredBounds, newest, referenceBound } from './run-curves'

export interface Health {
  tone: 'ok' | 'warn'
  title: string
  text: string
}

/** One sentence that judges a run from its curves; null while there is too little to judge. */
export function healthOf(run: Pick<Run, 'kind' | 'classes' | 'state'>, points: readonly MetricPoint[]): Health | null {
  if (points.length < 3) return null
  return run.kind === 'explainer' ? explainerHealth(run.classes.length, points) : classifierHealth(points, run)
}

/** Below this the attribute weights say nothing any more; training stops there with a failure soon. */
const faintWeights = 0.2

function explainerHealth(classes: number, points: readonly MetricPoint[]): Health | null {
  const loss = newest(points, 'loss')
  if (loss === null) return null
  const reference = `${classes - 1} ln 2 = ${metric(-referenceBound(classes))}`
  const rms = newest(points, 'attributeRms')
  if (rms !== null && rms < faintWeights)
    return {
      ...{ tone: 'warn', title: 'Attribute weights are fading.' },
      text: `Their size fell to ${metric(rms)}; at 0 every score is 0. Use a smaller learning rate or fewer steps.`,
    }
  // Drawn kernels begin above it, the more so on scaled features.
  if (loss > 1.5 * -referenceBound(classes) && loss > (first(points, 'loss') ?? 0))
    return {
      ...{ tone: 'warn', title: 'The loss climbs.' },
      text: `It is ${metric(loss)}, far above ${reference}. Use a smaller learning rate, or gradient clipping.`,
    }
  const measured = measuredBounds(points)
  const [from, to] = [first(measured, 'bound'), newest(measured, 'bound')]
  const watch = `This loss comes near ${reference} and stays there; it does not fall like a classifier’s.`
  if (from === null || to === null) return { tone: 'ok', title: 'Healthy.', text: watch }
  if (to < from)
    return {
      ...{ tone: 'warn', title: 'The bound has not risen yet.' },
      text: `${watch} The bound at the best tube went from ${metric(from)} to ${metric(to)}; it should rise.`,
    }
  const rise = `Watch the bound rise instead: it went from ${metric(from)} to ${metric(to)}.`
  return { tone: 'ok', title: 'Healthy.', text: `${watch} ${rise}` }
}

/** A gap between train and test that is more than luck. */
const wideGap = 0.15

function classifierHealth(
  points: readonly MetricPoint[],
  { classes: { length: classes }, state }: Pick<Run, 'classes' | 'state'>,
): Health | null {
  const [from, loss] = [first(points, 'loss'), newest(points, 'loss')]
  if (from === null || loss === null) return null
  const [train, test] = [newest(points, 'trainAccuracy'), newest(points, 'testAccuracy')]
  if (loss > from)
    return {
      ...{ tone: 'warn', title: 'The loss climbs.' },
      text: `It went from ${metric(from)} to ${metric(loss)}. Use a smaller learning rate, or gradient clipping.`,
    }
  if (test === null)
    return { tone: 'ok', title: 'Learning.', text: `The loss fell from ${metric(from)} to ${metric(loss)}.` }
  const accuracies = `${probability(train ?? 0)} on train and ${probability(test)} on test`
  if (train !== null && train - test > wideGap)
    return {
      ...{ tone: 'warn', title: 'It learns the training videos by heart.' },
      text: `Accuracy is ${accuracies}. More videos, random crops or more weight decay help.`,
    }
  if (test < 2 / classes && classes > 2)
    return {
      tone: 'warn',
      title: 'Near chance.',
      text: `Accuracy is ${accuracies}; chance is ${probability(1 / classes)}.`,
    }
  const confidence = newest(points, 'testConfidence')
  if (state === 'done' && (test < enough.accuracy || (confidence ?? 1) < enough.confidence)) {
    const sure = confidence === null ? '' : `, mean confidence ${probability(confidence)}`
    return {
      ...{ tone: 'warn', title: 'Too weak to explain yet.' },
      text: `Accuracy is ${accuracies}${sure}. Below .97, or a confidence of .95, explanations say little: train it longer, or clip gradients.`,
    }
  }
  return {
    ...{ tone: 'ok', title: 'Healthy.' },
    text: `The loss fell from ${metric(from)} to ${metric(loss)}; accuracy is ${accuracies}.`,
  }
}
