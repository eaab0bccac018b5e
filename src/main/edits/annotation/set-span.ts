import { Frame, SpanId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { replaceSpans } from './replace-spans'

/** Moves the ends of a span. Its inverse moves them back, and puts back what was joined into it. */
export const setSpan = defineEdit({
  kind: 'span.set',
  change: z.object({ span: SpanId, from: Frame, to: Frame }),
  label: ({ span, from, to }, { spans, attributes }) =>
    `Retime ${attributes.get(spans.get(span).attribute).name} to ${from}–${to}`,
  frame: ({ from }) => from,
  touches: ({ span }) => ({ spans: [span] }),
  apply(repositories, { span, from, to }): Edit {
    const whole = repositories.spans.get(span)
    return replaceSpans.apply(repositories, { remove: [], put: [{ ...whole, from, to }] })
  },
})
