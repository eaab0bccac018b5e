import { SpanId } from '@shared/ids'
import { defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceSpans } from './replace-spans'

/** Removes a span; the answer stays. Its inverse puts the span back. */
export const removeSpan = defineEdit({
  kind: 'span.remove',
  change: z.object({ span: SpanId }),
  label: ({ span }, { spans, attributes }) => {
    const { attribute, from, to } = spans.get(span)
    return `Remove the span ${from}–${to} of ${attributes.get(attribute).name}`
  },
  touches: ({ span }) => ({ spans: [span] }),
  apply: (repositories, { span }) => replaceSpans.apply(repositories, { remove: [span], put: [] }),
})
