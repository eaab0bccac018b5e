import type { DataReport } from '@shared/contract/interchange'
import { JobId, PersonId } from '@shared/ids'
import type { Implementer } from './fake-api'

/** What an import of one table of answers would do. */
export function aDataReport(values: Partial<DataReport> = {}): DataReport {
  return {
    ...{ format: 'labels', title: 'Answers (CSV)', why: 'its first line names the columns', dryRun: true },
    rows: { read: 12, skipped: 1, clamped: 0, outOfRange: 0, duplicate: 0 },
    reasons: [{ kind: 'skipped', line: 3, reason: '"maybe" is not one of present, absent', count: 1 }],
    videos: { matched: 4, missing: 1, unmatched: ['clip 99'] },
    changed: 4,
    questions: [],
    ...{ classes: 1, newClasses: [], attributes: 2, newAttributes: ['pole'], leftOut: [], person: null, step: null },
    unknown: { classes: [], attributes: ['pole'] },
    losses: [],
    ...{ answers: 10, spans: 0, kept: 1, tracks: 0, keyframes: 0, boxes: 0 },
    ...values,
  }
}

export function interchangePart({ interchange }: Implementer) {
  const encoding = { title: 'Encoding of the text', type: 'string', default: 'auto', on: 'read' }
  const frames = { title: 'Frames', type: 'string', enum: ['every', 'keyframes'], default: 'every', on: 'write' }
  const format = { reads: true, writes: true, people: true, options: { properties: { encoding, frames } } }
  return {
    formats: interchange.formats.handler(() => [
      { ...format, name: 'labels', title: 'Answers (CSV)', extensions: ['.csv'], losses: ['boxes and tracks'] },
      { ...format, name: 'mot', title: 'MOT', extensions: ['.txt'], losses: ['who said it'], people: false },
      { ...format, name: 'jsonl', title: 'WhyNot JSON Lines', extensions: ['.jsonl'], losses: ['undo'] },
    ]),
    voices: interchange.voices.handler(() =>
      ['Ann', 'Ben'].map((name) => ({ person: PersonId.parse(name.toLowerCase()), name })),
    ),
    preview: interchange.preview.handler(() => aDataReport()),
    import: interchange.import.handler(() => ({ job: JobId.parse('data import') })),
    undo: interchange.undo.handler(() => ({ label: 'Import 10 answers' })),
    lastStep: interchange.lastStep.handler(() => ({ step: 5 })),
    export: interchange.export.handler(() => ({ job: JobId.parse('data export') })),
  }
}
