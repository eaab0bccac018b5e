import type { VideoDetail } from '@shared/contract/library'
import { counted } from '@renderer/words/format'
import type { AttributeRow } from './attribute-rows'

/** What a submission would leave out. */
export interface Missing {
  /** Attributes without any answer; what is said of the class is one. */
  answers: AttributeRow[]
  /** Present attributes without a box, in a video whose boxes are measured against. */
  boxes: AttributeRow[]
  /** Attributes with boxes that were proposed and not confirmed: they do not count. */
  proposed: AttributeRow[]
}

/** Boxes are asked for in test videos only: training needs none. */
export function missingOf(rows: readonly AttributeRow[], video: Pick<VideoDetail, 'split'> | null): Missing {
  return {
    answers: rows.filter(({ value }) => value === null),
    boxes: video?.split === 'test' ? rows.filter(({ needsBox }) => needsBox) : [],
    proposed: rows.filter(({ proposed }) => proposed),
  }
}

export function isComplete({ answers, boxes, proposed }: Missing): boolean {
  return answers.length + boxes.length + proposed.length === 0
}

/** "3 attributes have no answer and 1 has no box." Empty when nothing is missing. */
export function missingWords({ answers, boxes, proposed }: Missing): string {
  const lacks = [
    { rows: answers, what: 'no answer' },
    { rows: boxes, what: 'no box' },
    { rows: proposed, what: 'boxes that are only proposed' },
  ].filter(({ rows }) => rows.length > 0)
  const parts = lacks.map(({ rows: { length }, what }, i) => {
    return `${i === 0 ? counted(length, 'attribute') : length} ${length === 1 ? 'has' : 'have'} ${what}`
  })
  return parts.length > 0 ? `${listOf.format(parts)}.` : ''
}

const listOf = new Intl.ListFormat('en')
