import { LabelSource, LabelValue } from '@shared/contract/library'
import { AttributeId, VideoId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/history'
import { z } from 'zod'

export const Answer = z.object({ value: LabelValue, source: LabelSource, annotator: z.string().nullable() })

/** Answers an attribute of a video, or (null) takes the answer back. Its inverse is the answer that was there. */
export const setLabel = defineEdit({
  kind: 'label.set',
  change: z.object({ video: VideoId, attribute: AttributeId, answer: Answer.nullable() }),
  label: ({ attribute, answer }, { attributes }) => {
    const { name } = attributes.get(attribute)
    return answer ? `Say ${name} is ${answer.value}` : `Take back the answer to ${name}`
  },
  apply({ videos, attributes, labels }, { video, attribute, answer }): Edit {
    videos.get(video)
    attributes.get(attribute)
    const before = labels.find(video, attribute)
    labels.set({ video, attribute, answer })
    return setLabel.of({ video, attribute, answer: before })
  },
})
