import { unguardCsv } from '@shared/csv'
import { columnsMissing, delimiterOf, recordsOf } from '@main/interchange/kit/csv-rows'
import type { RowNote } from '@main/interchange/dataset'
import { type Source, sampleOf } from '@main/interchange/source/source'
import { type Encoding, glance } from '@main/interchange/source/text'
import type { CrowdAnswer } from './crowd-answer'
import { readCells } from './turk-cells'
import { turkTime } from './turk-time'

/** A row of a results file as it stands: every cell, and what it says. */
export interface TurkRow {
  cells: readonly string[]
  /** Null where it names neither worker nor video. */
  answer: CrowdAnswer | null
}

/** A results file: names of columns as written (one may come twice), and its rows. */
export interface TurkTable {
  columns: readonly string[]
  rows: AsyncIterable<TurkRow>
}

/** Where what was not taken is said. */
type OnNote = (note: RowNote) => void

/** Columns that name the video, the surest first; then whatever else of the input looks like a file. */
const videoColumns = ['input.video', 'input.video_name', 'input.video_url', 'input.url', 'input.clip']
const looksLikeVideo = /\.(mp4|webm|avi|mov|mkv|m4v|mpe?g|seq|wmv|ogv)(?:[?#].*)?$/i

/**
 * Reads batch results of Mechanical Turk, or of what speaks like it (Turkle): columns by name in any order, none of them but
 * the worker's needed; UTF-8 or UTF-16, any line ends. Throws Failure BAD_SETTING for a table without workers.
 */
export async function turkTable(source: Source, encoding: Encoding, onNote: OnNote): Promise<TurkTable> {
  const { head } = await sampleOf(source)
  const onBroken = (line: number, reason: string) => onNote({ kind: 'skipped', line, reason })
  const records = recordsOf(source, encoding, { delimiter: delimiterOf(glance(head)), onBroken })
  const first = await records.next()
  const columns = first.done ? [] : first.value.record.map((name) => name.normalize('NFC').trim())
  const lower = columns.map((name) => name.toLowerCase())
  if (!lower.some((name) => workerColumns.includes(name)))
    throw columnsMissing(columns, 'WorkerId, and Input.video_url')
  const rows = async function* (): AsyncGenerator<TurkRow> {
    const seen = new Set<string>()
    for await (const { record, line } of records) {
      if (record.every((cell) => cell.trim() === '')) continue
      const answer = answerOf({ columns, lower, record, line }, onNote)
      if (answer?.assignment && seen.has(answer.assignment)) {
        const reason = `assignment ${answer.assignment} is in the file twice; the first row counts`
        onNote({ kind: 'duplicate', line, reason })
        continue
      }
      if (answer?.assignment) seen.add(answer.assignment)
      yield { cells: record, answer }
    }
  }
  return { columns, rows: rows() }
}

const workerColumns = ['workerid', 'turkle.username', 'worker']

interface Record {
  columns: readonly string[]
  lower: readonly string[]
  record: readonly string[]
  line: number
}

function answerOf(row: Record, onNote: OnNote): CrowdAnswer | null {
  const { columns, lower, record, line } = row
  const cell = (...names: string[]) => {
    const found = names.map((name) => record[lower.indexOf(name)]?.trim()).find(Boolean)
    return unguardCsv(found ?? '').trim()
  }
  const worker = cell(...workerColumns)
  const video = videoOf(row, cell)
  if (!worker || !video) {
    onNote({ kind: 'skipped', line, reason: `the row names no ${worker ? 'video' : 'worker'}` })
    return null
  }
  const answers = Map.groupBy(
    columns.flatMap((name, i) =>
      lower[i]?.startsWith('answer.') ? [[name.slice(7), unguardCsv(record[i] ?? '')] as const] : [],
    ),
    ([name]) => name,
  )
  const { said, unread } = readCells(
    [...answers].map(([name, cells]) => [name, cells.map(([, text]) => text)] as const),
  )
  for (const name of unread)
    onNote({ kind: 'skipped', line, reason: `Answer.${name} holds no answer that can be read` })
  const seconds = Number(cell('worktimeinseconds') || NaN)
  return {
    ...said,
    line,
    assignment: cell('assignmentid') || null,
    hit: cell('hitid') || null,
    worker,
    status: statusOf(cell('assignmentstatus'), cell('reject')),
    acceptedAt: timeOf(cell('accepttime'), line, onNote),
    submittedAt: timeOf(cell('submittime'), line, onNote),
    seconds: said.seconds ?? (Number.isFinite(seconds) ? seconds : null),
    video,
  }
}

function videoOf({ lower, record }: Record, cell: (name: string) => string): string {
  const named = videoColumns.map(cell).find(Boolean)
  const other = lower.findIndex((name, i) => name.startsWith('input.') && looksLikeVideo.test(record[i]?.trim() ?? ''))
  return pathOf(named ?? record[other]?.trim() ?? '')
}

/** The path of an address, as it was before it was written for one; anything else as it stands. */
function pathOf(text: string): string {
  if (!/^\w+:\/\//.test(text)) return text
  try {
    return decodeURIComponent(new URL(text).pathname).replace(/^\//, '')
  } catch {
    return text
  }
}

function statusOf(status: string, reject: string): CrowdAnswer['status'] {
  if (/^reject/i.test(status) || reject) return 'rejected'
  return /^approve/i.test(status) ? 'approved' : 'submitted'
}

function timeOf(text: string, line: number, onNote: OnNote): number | null {
  const at = text ? turkTime(text) : null
  if (text && at === null)
    onNote({ kind: 'skipped', line, reason: `"${text}" is no time that can be read; it is left out` })
  return at
}
