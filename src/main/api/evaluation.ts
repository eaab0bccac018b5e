import type { EvaluationService } from '@main/evaluation/evaluation-service'
import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function evaluationApi(studio: Studio) {
  const { evaluation } = contractOf
  const evaluations = () => studio.workspace().evaluations
  /** Answered when it is on disk. */
  const saved = <T>(change: (service: EvaluationService) => T): Promise<T> => {
    const { project, evaluations: service } = studio.workspace()
    return project.write(() => change(service))
  }
  return {
    list: evaluation.list.handler(() => evaluations().list()),
    get: evaluation.get.handler(({ input }) => evaluations().get(input.id)),
    start: evaluation.start.handler(({ input }) => evaluations().start(input)),
    outcomes: evaluation.outcomes.handler(({ input }) => evaluations().outcomes(input)),
    mark: evaluation.mark.handler(({ input }) => saved((service) => service.mark(input.id, input.mark))),
    remove: evaluation.remove.handler(async ({ input }) => {
      await saved((service) => service.remove(input.id))
      return null
    }),
  }
}
