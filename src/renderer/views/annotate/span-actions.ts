import type { Action } from '@renderer/actions/action-registry'
import { useAnnotation } from '@renderer/stores/annotation'
import type { Spans } from './use-spans'

/** The keys that mark from where to where an attribute is seen. The second ones are for layouts without brackets. */
export function spanActions({ from, to, remove }: Spans): Action[] {
  const annotation = useAnnotation()
  const group = 'Annotate'
  const allowed = () => annotation.state === 'ready'
  return [
    {
      ...{ id: 'annotate.span-from', name: 'The current attribute is seen from here', group },
      ...{ keys: ['[', 'Shift+I'], allowed, run: from },
    },
    {
      ...{ id: 'annotate.span-to', name: 'The current attribute is seen until here', group },
      ...{ keys: [']', 'Shift+O'], allowed, run: to },
    },
    {
      ...{ id: 'annotate.span-delete', name: 'Delete the selected span', group },
      ...{ keys: ['Delete', 'Backspace'], allowed: () => allowed() && annotation.span !== null, run: remove },
    },
  ]
}
