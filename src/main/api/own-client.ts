import { createRouterClient } from '@orpc/server'
import type { Api } from '@shared/contract'
import { owner } from '@shared/actor'
import type { Studio } from '@main/studio'
import { reportFailures } from './failures'
import { studioRouter } from './router'

/** The contract as the owner calls it from the studio's own process; failures come as they would over any transport. */
export function ownClient(studio: Studio): Api {
  const interceptors = [reportFailures(studio.log.unknown)]
  return createRouterClient(studioRouter(studio), { interceptors, context: { actor: owner } })
}
