import { AttributeId, VideoId } from '@shared/ids'
import { type Edit, defineEdit, older } from '@main/store/history/edit'
import type { Repositories } from '@main/store/repositories'
import type { Place } from '@main/store/repositories/answer-repository'
import type { WholeSpan } from '@main/store/repositories/span-repository'
import { z } from 'zod'
import { LabelStateV1, SaidState, statesOf } from './said'

const SetLabel = z.object({ video: VideoId, attribute: AttributeId, said: z.array(SaidState) })

/**
 * Answers an attribute of a video for a person, or (null) takes that answer back. Its inverse is what was said there.
 * Several states stand for what was one row when a person's answer took the place of the class's.
 */
export const setLabel = defineEdit({
  kind: 'label.set',
  change: SetLabel,
  older: [older(LabelStateV1, (state) => ({ video: state.video, attribute: state.attribute, said: statesOf(state) }))],
  label: ({ attribute, said }, { attributes }) => {
    const { name } = attributes.get(attribute)
    const given = said.find(({ answer }) => answer)?.answer
    return given ? `Say ${name} is ${given.value}` : `Take back the answer to ${name}`
  },
  touches: ({ attribute, said }) => ({
    attributes: [attribute],
    spans: said.flatMap(({ spans = [] }) => spans.map(({ id }) => id)),
  }),
  apply(repositories, { video, attribute, said }): Edit {
    repositories.videos.get(video)
    repositories.attributes.get(attribute)
    return setLabel.of({ video, attribute, said: putStates(repositories, said) })
  },
})

/** Puts states into their places, and returns what takes that back. */
export function putStates(repositories: Repositories, states: readonly SaidState[]): SaidState[] {
  const { answers } = repositories
  return states
    .map(({ answer, spans, ...place }) => {
      const before = { ...place, answer: answers.find(place) }
      answers.set(place, answer)
      const goTogether = spans ?? (answer?.value === 'present' ? null : [])
      return { ...before, ...(goTogether && putSpans(repositories, place, goTogether)) }
    })
    .reverse()
}

/** Makes a person's spans of an attribute these, and returns what they were. Nobody marks spans for a class. */
function putSpans(
  { spans }: Repositories,
  { video, attribute, person }: Place,
  wanted: readonly WholeSpan[],
): Pick<SaidState, 'spans'> {
  if (person === null) return {}
  const there = spans.ofPlace({ video, attribute, person })
  if (there.length === 0 && wanted.length === 0) return {}
  spans.remove([...there, ...wanted].map(({ id }) => id))
  spans.insertAll(wanted)
  return { spans: there }
}
