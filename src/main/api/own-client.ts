import { createRouterClient } from '@orpc/server'
import type { Api } from '@shared/contract'
import { type Actor, owner } from '@shared/actor'
import type { Studio } from '@main/studio'
import { answering } from './failures'
import { studioRouter } from './router'

/** The contract as somebody calls it from the studio's own process; answers come as they would over any transport. */
export function ownClient(studio: Studio, actor: Actor = owner): Api {
  const interceptors = [answering(studio.log.unknown)]
  return createRouterClient(studioRouter(studio), { interceptors, context: { actor } })
}
