import { extname } from 'node:path'
import { cardsCsv } from '@shared/card-rows'
import type { Api } from '@shared/contract'
import type { Explanation, Question } from '@shared/contract/explanation'
import type { FilmFormat } from '@shared/contract/films'
import { Failure } from '@shared/failures'

const formats = {
  '.html': 'html',
  '.json': 'json',
  '.csv': 'csv',
  '.png': 'strip',
  '.webp': 'webp',
  '.mp4': 'mp4',
} as const
type Format = (typeof formats)[keyof typeof formats]

/** What an answer is written as, by the ending of its file. Throws Failure BAD_SETTING where it names nothing. */
export function answerFormat(file: string): Format {
  const ending = extname(file).toLowerCase()
  const format = Object.entries(formats).find(([known]) => known === ending)?.[1]
  if (format) return format
  const known = Object.keys(formats).join(', ')
  throw new Failure('BAD_SETTING', { setting: '--out', reason: `A file ends in ${known}; "${file}" does not.` })
}

/** An answer with the names that its ids have. */
export interface NamedAnswer extends Explanation {
  posName: string
  negName: string
}

/** What is written into a file of that name. */
export async function fileOf(
  api: Api,
  { file, answer, question }: { file: string; answer: NamedAnswer; question: Question },
  signal: AbortSignal,
): Promise<string | Uint8Array> {
  const format = answerFormat(file)
  if (format === 'html') return (await api.explanation.html(question, { signal })).html
  if (format === 'json') return JSON.stringify(answer, null, 2)
  if (format === 'csv') return cardsCsv(answer.cards)
  return film(api, answer, format, signal)
}

/** The best card that has a place. */
async function film(
  api: Api,
  { cards, video, prediction, posName, negName }: NamedAnswer,
  format: FilmFormat,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const card = cards.find(({ tube }) => tube.length > 0)
  if (!card)
    throw new Failure('BAD_SETTING', {
      setting: '--out',
      reason: 'This answer has no place in the video to draw. Write it as .html, .json or .csv.',
    })
  const { base64 } = await api.films.tube(
    {
      ...{ video, tube: card.tube, attribute: card.attribute, sampled: prediction.frames, format },
      words: [`Why ${posName}, not ${negName}?`, `${card.name}, score ${card.score.toFixed(2)}`],
    },
    { signal },
  )
  return Buffer.from(base64, 'base64')
}
