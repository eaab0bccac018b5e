import { LabelSource, LabelValue } from '@shared/contract/library'
import { owner } from '@shared/actor'
import { AttributeId, PersonId, VideoId } from '@shared/ids'
import { z } from 'zod'
import { WholeSpan } from './replace-spans'

/** Where somebody says something; nobody (null) stands for what is said of a whole class. */
const Place = z.object({ video: VideoId, attribute: AttributeId, person: PersonId.nullable() })

/** An answer, and when it was given (ms since 1970, null where that was not kept). */
const Answered = { value: LabelValue, at: z.number().nullable() }

/** Something that was said. */
export const Said = Place.extend(Answered)

/**
 * What shall stand somewhere; null for nothing. With spans: those and no others. Left out, they stay where the answer is
 * "present" and go with any other, as they are part of it.
 */
export const SaidState = Place.extend({
  answer: z.object(Answered).nullable(),
  spans: z.array(WholeSpan).optional(),
})
export type SaidState = z.infer<typeof SaidState>

/** An answer of the time when one row stood for a person's answer and for the class's. */
export const AnswerV1 = z.object({ value: LabelValue, source: LabelSource, annotator: z.string().nullable() })
export const LabelStateV1 = z.object({ video: VideoId, attribute: AttributeId, answer: AnswerV1.nullable() })
export const LabelRowV1 = AnswerV1.extend({ video: VideoId, attribute: AttributeId })

/** The one row of then in the two places of now: what a person says, and what the class does. */
export function statesOf({ video, attribute, answer }: z.infer<typeof LabelStateV1>): SaidState[] {
  const said = answer && { value: answer.value, at: null }
  const ofClass = answer?.source === 'class'
  return [
    { video, attribute, person: owner.id, answer: ofClass ? null : said },
    { video, attribute, person: null, answer: ofClass ? said : null },
  ]
}

export function saidOf({ video, attribute, value, source }: z.infer<typeof LabelRowV1>): z.infer<typeof Said> {
  return { video, attribute, person: source === 'class' ? null : owner.id, value, at: null }
}
