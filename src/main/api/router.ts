import type { Studio } from '@main/studio'
import { annotationApi } from './annotation'
import { campaignsApi } from './campaigns'
import { contractOf } from './contract-of'
import { crowdsApi } from './crowds'
import { evaluationApi } from './evaluation'
import { explanationApi } from './explanation'
import { filmsApi } from './films'
import { checkGiven } from './given-videos'
import { interchangeApi } from './interchange'
import { jobsApi } from './jobs'
import { learningApi } from './learning'
import { libraryApi } from './library'
import { machinesApi } from './machines'
import { peopleApi } from './people'
import { projectApi } from './project'
import { sweepsApi } from './sweeps'
import { systemApi } from './system'
import { vocabularyApi } from './vocabulary'
import { workApi } from './work'
import { pathsIn } from './within-reach'

export type StudioRouter = ReturnType<typeof studioRouter>

/** The contract, answered by a studio. */
export function studioRouter(studio: Studio) {
  // What a call names lies within the reach of who calls, whichever procedure it is.
  const guarded = contractOf.use(({ context, next, path }, input) => {
    checkGiven(() => studio.workspace().campaigns, { actor: context.actor, path, input })
    if (!context.atMachine) for (const path of pathsIn(input)) studio.reach.check(context.actor, path)
    return next()
  })
  return guarded.router({
    system: systemApi(studio),
    project: projectApi(studio),
    people: peopleApi(studio),
    library: libraryApi(studio),
    vocabulary: vocabularyApi(studio),
    annotation: annotationApi(studio),
    work: workApi(studio),
    campaigns: campaignsApi(studio),
    crowds: crowdsApi(studio),
    interchange: interchangeApi(studio),
    jobs: jobsApi(studio),
    learning: learningApi(studio),
    sweeps: sweepsApi(studio),
    explanation: explanationApi(studio),
    evaluation: evaluationApi(studio),
    films: filmsApi(studio),
    machines: machinesApi(studio),
  })
}
