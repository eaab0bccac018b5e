import { ImportReport } from '@shared/contract/library'
import { DataReport } from '@shared/contract/interchange'
import type { Job } from '@shared/contract/jobs'
import { counted } from '@renderer/words/format'

/** The report of an import that has ended; null where there is none. */
export function reportOf({ result }: Pick<Job, 'result'>): ImportReport | null {
  const report = ImportReport.safeParse(result)
  return report.success ? report.data : null
}

/** "12 imported, 1 damaged, 2 unreadable, 3 already there". */
export function reportWords(report: ImportReport): string {
  const { imported, damaged, failed, duplicate, contradictions, unlisted } = report
  return [
    counted(imported, 'video imported', 'videos imported'),
    damaged ? `${damaged} damaged` : '',
    failed ? `${failed} unreadable` : '',
    duplicate ? `${duplicate} already there` : '',
    contradictions.length ? counted(contradictions.length, 'question') : '',
    unlisted.length ? counted(unlisted.length, 'line of a list fits nothing', 'lines of lists fit nothing') : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** The report of an import of annotations that has ended; null where there is none. */
export function dataReportOf({ kind, result }: Pick<Job, 'kind' | 'result'>): DataReport | null {
  const report = kind === 'dataImport' ? DataReport.safeParse(result) : null
  return report?.success ? report.data : null
}

/** "Label Studio JSON: 12 answers, 3 tracks in 4 videos, as Ann". */
export function dataReportWords({ title, answers, tracks, changed, person }: DataReport): string {
  const what = [answers ? counted(answers, 'answer') : '', tracks ? counted(tracks, 'track') : ''].filter(Boolean)
  return `${title}: ${what.join(', ') || 'no answers'} in ${counted(changed, 'video')}${person === null ? '' : `, as ${person}`}`
}

/** How often each reason is given, the most frequent first. */
export function byReason(rows: readonly { path: string; reason: string }[]): { reason: string; paths: string[] }[] {
  const found = new Map<string, string[]>()
  for (const { reason, path } of rows) found.set(reason, [...(found.get(reason) ?? []), path])
  return [...found].map(([reason, paths]) => ({ reason, paths })).sort((a, b) => b.paths.length - a.paths.length)
}
