import { implement } from '@orpc/server'
import type { Actor } from '@shared/actor'
import { contract } from '@shared/contract'

/** Who calls, as the host that received the call found out. */
export interface CallContext {
  actor: Actor
}

/** What the implementations of the areas are checked against. */
export const contractOf = implement(contract).$context<CallContext>()
