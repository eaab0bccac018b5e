import type { MethodMetrics } from '@shared/contract/evaluation'
import type { EvaluationConfig } from '@shared/config/evaluation'
import type { Report } from '@main/system/engine-service'
import { reportPage } from './report'
import type { ReportExample } from './report-example'
import { type ClassifierNumbers, classifierWarnings } from './classifier-numbers'

/** One answer as a page that needs nothing else. */
export function answerPage(example: ReportExample, options: Readonly<Record<string, unknown>>): string {
  const [asIs, masked] = example.checks
  const fell = asIs && masked ? ` Masked, p(A) goes from ${asIs.pos.toFixed(3)} to ${masked.pos.toFixed(3)}.` : ''
  return reportPage({
    title: `Why ${example.pos}, and not ${example.neg}?`,
    lead: `What in ${example.video} speaks for ${example.pos} against ${example.neg}, best first.${fell}`,
    facts: [],
    warnings: example.cards.some(({ unsupported }) => unsupported === null) ? [] : ['No evidence was found.'],
    columns: [],
    examples: [example],
    settings: settingsOf(options),
  })
}

export interface TourReport {
  columns: readonly MethodMetrics[]
  engine: Report
  seconds: number
  seed: number
  videos: { train: number; test: number }
  classifier: ClassifierNumbers
  config: EvaluationConfig
  examples: readonly ReportExample[]
}

/** The report of a tour: the table beside its baselines, then a few answers with their pictures. */
export function tourPage(report: TourReport): string {
  const { columns, engine, seconds, seed, videos, config, examples } = report
  const { testAccuracy: accuracy, testConfidence: confidence } = report.classifier
  return reportPage({
    title: 'A tour of ShapeActs',
    lead: 'A sample data set whose right answers are known: the classes differ by single things, so each question has one right attribute and one right place.',
    facts: [
      { label: 'training clips', value: String(videos.train) },
      { label: 'test clips', value: String(videos.test) },
      { label: 'classifier accuracy', value: accuracy === null ? 'not measured' : percent(accuracy) },
      { label: 'mean confidence', value: confidence?.toFixed(3) ?? 'not measured' },
      { label: 'in all', value: `${Math.round(seconds)} s` },
    ],
    warnings: classifierWarnings(report.classifier),
    columns,
    examples,
    settings: [
      { name: 'engine', value: `${engine.backend ?? 'none'} ${engine.version ?? ''} on ${engine.device ?? 'nothing'}` },
      { name: 'seed', value: String(seed) },
      ...settingsOf(config),
    ],
  })
}

/** Settings as they stand at the end of a page. */
export function settingsOf(settings: Readonly<Record<string, unknown>>) {
  return Object.entries(settings).map(([name, value]) => ({
    name,
    value: Array.isArray(value) ? value.join(', ') : String(value),
  }))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
