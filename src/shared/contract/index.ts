import type { ContractRouterClient } from '@orpc/contract'
import { annotation } from './annotation'
import { campaigns } from './campaigns'
import { crowds } from './crowds'
import { evaluation } from './evaluation'
import { explanation } from './explanation'
import { films } from './films'
import { interchange } from './interchange'
import { jobs } from './jobs'
import { learning } from './learning'
import { library } from './library'
import { machines } from './machines'
import { people } from './people'
import { project } from './project'
import { sweeps } from './sweeps'
import { system } from './system'
import { vocabulary } from './vocabulary'
import { work } from './work'

/** Everything the studio can do, the same for its window, a browser, and a script. */
export const contract = {
  ...{ system, project, people, library, vocabulary, annotation, work, campaigns, crowds, interchange, jobs },
  ...{ learning, sweeps, explanation, evaluation, films, machines },
}

export type Api = ContractRouterClient<typeof contract>
