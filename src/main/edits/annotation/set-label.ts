import { AttributeId, VideoId } from '@shared/ids'
import { type Edit, defineEdit, older } from '@main/store/history/edit'
import type { Repositories } from '@main/store/repositories'
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
  touches: ({ attribute }) => ({ attributes: [attribute] }),
  apply(repositories, { video, attribute, said }): Edit {
    repositories.videos.get(video)
    repositories.attributes.get(attribute)
    return setLabel.of({ video, attribute, said: putStates(repositories, said) })
  },
})

/** Puts states into their places, and returns what takes that back. */
export function putStates({ answers }: Repositories, states: readonly SaidState[]): SaidState[] {
  return states
    .map(({ answer, ...place }) => {
      const before = { ...place, answer: answers.find(place) }
      answers.set(place, answer)
      return before
    })
    .reverse()
}
