import type { DataReport } from '@shared/contract/interchange'
import type { Terminal } from './terminal'

/** Exit code when an import ran, but some of the file was left out. */
const someLeftOut = 2

/** Says what an import did, or answers with `json` where there is one; exit code 2 when some of the file was left out. */
export function tellReport(
  { say, json, exitCode }: Terminal,
  report: DataReport,
  asJson: object | false | undefined,
): void {
  if (asJson) json(asJson)
  else for (const line of reportInWords(report)) say(line)
  if (isIncomplete(report)) exitCode(someLeftOut)
}

/** Whether something of a file was left out. */
function isIncomplete({ rows, videos, questions, leftOut }: DataReport): boolean {
  return rows.skipped + rows.outOfRange + videos.missing + questions.length + leftOut.length > 0
}

/** More names than fit a screen are counted; `--json` has them. */
function firstOf(names: readonly string[], count: number): string {
  const some = names.slice(0, 40)
  return some.join(', ') + (count > some.length ? ` and ${count - some.length} more` : '')
}

/** A report, a line per thing a person may act on. */
function reportInWords(report: DataReport): string[] {
  const { title, why, rows, videos, questions, newClasses, newAttributes, leftOut, losses, reasons, dryRun } = report
  const { changed, answers, spans, kept, tracks, keyframes, boxes } = report
  const line = (at: number | null) => (at === null ? '' : `line ${at}: `)
  return [
    `${title}: ${why}`,
    ...reasons.map(({ reason, line: at, count }) => `  ${line(at)}${reason}${count > 1 ? ` (${count} times)` : ''}`),
    ...questions.map(
      ({ about, name, line: at, candidates }) => `  ${line(at)}which ${about}? ${name}: ${candidates.join(', ')}`,
    ),
    ...(videos.missing > 0 ? [`no such video: ${firstOf(videos.unmatched, videos.missing)}`] : []),
    ...(leftOut.length > 0 ? [`left out: ${leftOut.join(', ')}`] : []),
    ...losses.map(({ what, count }) => `has no place here: ${what}${count > 1 ? ` (${count} times)` : ''}`),
    ...(newClasses.length > 0 ? [`new classes: ${newClasses.join(', ')}`] : []),
    ...(newAttributes.length > 0 ? [`new attributes: ${newAttributes.join(', ')}`] : []),
    ...(kept > 0 ? [`${kept} answers of people were kept`] : []),
    `${rows.read} rows read, ${rows.skipped} skipped, ${rows.outOfRange} out of range, ${rows.clamped} clamped, ${rows.duplicate} duplicate`,
    `${dryRun ? 'would set' : 'set'} ${answers} answers,${spans > 0 ? ` ${spans} spans,` : ''} ${tracks} tracks with ${keyframes} key frames (${boxes} boxes) in ${changed} videos`,
  ]
}
