import { implement } from '@orpc/server'
import { type Actor, requireRole } from '@shared/actor'
import { contract } from '@shared/contract'
import type { CallMeta } from '@shared/contract/base'
import { Failure } from '@shared/failures'

/** Who calls, as the host that received the call found out. */
export interface CallContext {
  actor: Actor
  /** A program of this machine's own user calls: it may name any path, wherever a server listens beside. */
  atMachine?: boolean
}

/**
 * Lets through whom a procedure says it is for, and nobody where it says nothing. Throws Failure NOT_ALLOWED.
 * @param meta of the procedure called
 */
export function checkRole({ role }: CallMeta, actor: Actor): void {
  if (!role) throw new Failure('NOT_ALLOWED', { role: actor.role, needs: 'a role that the procedure does not name' })
  requireRole(actor, role)
}

/** What the implementations of the areas are checked against; no call reaches one past `checkRole`. */
export const contractOf = implement(contract)
  .$context<CallContext>()
  .use(({ context, next, procedure }) => {
    checkRole(procedure['~orpc'].meta, context.actor)
    return next()
  })
