import { z } from 'zod'
import { parsedJson } from '@main/interchange/kit/json-stream'
import type { RowNote } from '@main/interchange/dataset'
import { type Source, wholeText } from '@main/interchange/source/source'
import type { Encoding } from '@main/interchange/source/text'
import { type CrowdAnswer, CrowdSaid } from './crowd-answer'
import { turkTime } from './turk-time'

/** What an answer file says it is. */
export const answerFileKind = 'whynot-answers'

const AnswerOfFile = CrowdSaid.extend({
  worker: z.string().min(1),
  video: z.string().min(1),
  assignment: z.string().nullable().default(null),
  hit: z.string().nullable().default(null),
  status: z.enum(['submitted', 'approved', 'rejected']).default('submitted'),
  acceptedAt: z.string().nullable().default(null),
  submittedAt: z.string().nullable().default(null),
})
const File = z.object({ kind: z.literal(answerFileKind), answers: z.array(z.unknown()) })

/** True for a file that says it holds answers. */
export function looksLikeAnswers(text: string): boolean {
  return new RegExp(`"kind"\\s*:\\s*"${answerFileKind}"`).test(text)
}

/**
 * Answers of a file that a layout wrote, or somebody typed from paper; of a folder, those of every such file in it. What
 * makes no sense is said and passed over. Throws Failure BAD_SETTING for a file that is no JSON.
 */
export async function* answersOfFile(
  source: Source,
  encoding: Encoding,
  onNote: (note: RowNote) => void,
): AsyncGenerator<CrowdAnswer> {
  if (source.isFolder) {
    for (const path of source.files())
      if (path.toLowerCase().endsWith('.json')) yield* answersOfFile(source.open(path), encoding, onNote)
    return
  }
  const skip = (reason: string) => onNote({ kind: 'skipped', line: null, reason: `${source.name}: ${reason}` })
  const file = File.safeParse(parsedJson(source.name, await wholeText(source, encoding)))
  if (!file.success) return skip(`it does not say that it is of kind ${answerFileKind}`)
  for (const [i, one] of file.data.answers.entries()) {
    const read = AnswerOfFile.safeParse(one)
    const [issue] = read.error?.issues ?? []
    if (!read.success) skip(`answer ${i + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}`)
    else
      yield {
        ...read.data,
        line: null,
        acceptedAt: timeOf(read.data.acceptedAt, skip),
        submittedAt: timeOf(read.data.submittedAt, skip),
      }
  }
}

function timeOf(text: string | null, skip: (reason: string) => void): number | null {
  const at = text ? turkTime(text) : null
  if (text && at === null) skip(`"${text}" is no time that can be read; it is left out`)
  return at
}
