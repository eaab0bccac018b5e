import type { VideoDetail } from '@shared/contract/library'
import { counted } from '@renderer/words/format'
import type { AttributeRow } from './attribute-rows'

/** What a submission would leave out. */
export interface Missing {
  /** Attributes without any answer; what is said of the class is one. */
  answers: AttributeRow[]
  /** Present attributes without a box, in a video whose boxes are measured against. */
  boxes: AttributeRow[]
}

/** Boxes are asked for in test videos only: training needs none. */
export function missingOf(rows: readonly AttributeRow[], video: Pick<VideoDetail, 'split'> | null): Missing {
  return {
    answers: rows.filter(({ value }) => value === null),
    boxes: video?.split === 'test' ? rows.filter(({ needsBox }) => needsBox) : [],
  }
}

export function isComplete({ answers, boxes }: Missing): boolean {
  return answers.length + boxes.length === 0
}

/** "3 attributes have no answer and 1 has no box." Empty when nothing is missing. */
export function missingWords({ answers, boxes }: Missing): string {
  const has = (count: number) => (count === 1 ? 'has' : 'have')
  const parts = [
    answers.length > 0 ? `${counted(answers.length, 'attribute')} ${has(answers.length)} no answer` : '',
    boxes.length > 0
      ? `${answers.length > 0 ? boxes.length : counted(boxes.length, 'attribute')} ${has(boxes.length)} no box`
      : '',
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join(' and ')}.` : ''
}
