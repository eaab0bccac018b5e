import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function evaluationApi(studio: Studio) {
  const { evaluation } = contractOf
  const evaluations = () => studio.workspace().evaluations
  return {
    list: evaluation.list.handler(() => evaluations().list()),
    get: evaluation.get.handler(({ input }) => evaluations().get(input.id)),
    start: evaluation.start.handler(({ input }) => evaluations().start(input)),
    outcomes: evaluation.outcomes.handler(({ input }) => evaluations().outcomes(input)),
    mark: evaluation.mark.handler(({ input }) => evaluations().mark(input.id, input.mark)),
    remove: evaluation.remove.handler(({ input }) => {
      evaluations().remove(input.id)
      return null
    }),
  }
}
