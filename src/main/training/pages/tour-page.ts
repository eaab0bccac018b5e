import type { MethodMetrics } from '@shared/contract/evaluation'
import type { Report } from '../../jobs/engine-service'
import { evaluationTable } from './evaluation-table'
import { escaped, pageOf } from './page'

export interface TourPage {
  columns: readonly MethodMetrics[]
  engine: Report
  seconds: number
  seed: number
  videos: { train: number; test: number }
  /** Parts of the page, one per example. */
  examples: readonly string[]
}

/** The report of a tour: the table beside its baselines, then a few answers with their pictures. */
export function tourPage({ columns, engine, seconds, seed, videos, examples }: TourPage): string {
  const of = (key: string) => columns.find(({ method }) => method === 'classifier')?.metrics[key]?.value
  const [accuracy, confidence] = [of('testAccuracy'), of('testConfidence')]
  const facts = [
    `${videos.train} training and ${videos.test} test clips, seed ${seed}`,
    `${engine.backend ?? 'no engine'} ${engine.version ?? ''} on ${engine.device ?? 'nothing'}`,
    `${Math.round(seconds)} s in all`,
  ]
  const classifier =
    accuracy === undefined || accuracy === null
      ? ''
      : `<p>The classifier is right on ${(accuracy * 100).toFixed(1)} % of the test clips, with a mean probability of ${(confidence ?? 0).toFixed(3)} in what it predicts.${accuracy < 0.97 ? ' Below 97 % the numbers of explanations say little.' : ''}</p>`
  const body = [
    '<h1>A tour of ShapeActs</h1>',
    `<p class="quiet">${facts.map(escaped).join('; ')}</p>`,
    classifier,
    '<h2>Explanations, beside their baselines</h2>',
    evaluationTable(columns),
    '<p class="quiet">Pairs that differ by exactly one attribute. The random tube has the same shape and length; the true tube is the oracle; the class prior names the attribute without looking at the clip, so a right attribute alone shows little.</p>',
    ...examples,
  ]
  return pageOf('A tour of ShapeActs', body.join('\n'))
}
