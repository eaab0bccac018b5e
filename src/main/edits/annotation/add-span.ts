import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'
import { WholeSpan, replaceSpans } from './replace-spans'

/** Marks from where to where an attribute is seen. Its inverse takes the span away and puts back what was joined into it. */
export const addSpan = defineEdit({
  kind: 'span.add',
  change: z.object({ span: WholeSpan }),
  label: ({ span: { attribute, from, to } }, { attributes }) =>
    `Mark ${attributes.get(attribute).name} from ${from} to ${to}`,
  frame: ({ span }) => span.from,
  touches: ({ span }) => ({ spans: [span.id] }),
  apply: (repositories, { span }): Edit => replaceSpans.apply(repositories, { remove: [], put: [span] }),
})
