import type { Studio } from '@main/studio'
import { annotationApi } from './annotation'
import { contractOf } from './contract-of'
import { evaluationApi } from './evaluation'
import { explanationApi } from './explanation'
import { jobsApi } from './jobs'
import { learningApi } from './learning'
import { libraryApi } from './library'
import { projectApi } from './project'
import { systemApi } from './system'

export type StudioRouter = ReturnType<typeof studioRouter>

/** The contract, answered by a studio. */
export function studioRouter(studio: Studio) {
  return contractOf.router({
    system: systemApi(studio),
    project: projectApi(studio),
    library: libraryApi(studio),
    annotation: annotationApi(studio),
    jobs: jobsApi(studio),
    learning: learningApi(studio),
    explanation: explanationApi(studio),
    evaluation: evaluationApi(studio),
  })
}
