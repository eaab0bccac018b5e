import type { AnswerCounts, LabelValue } from '@shared/contract/library'

/** How many of `videos` videos give this answer, or (null) none. */
export function answerState(
  said: AnswerCounts['attributes'][number] | undefined,
  videos: number,
  value: LabelValue | null,
): 'all' | 'some' | 'none' {
  if (!said || videos === 0) return 'none'
  const given = value === null ? videos - said.present - said.absent - said.unsure : said[value]
  if (given === 0) return 'none'
  return given === videos ? 'all' : 'some'
}
