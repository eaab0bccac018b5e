import { z } from 'zod'
import { Failure } from './failures'
import { PersonId } from './ids'

/**
 * What a person may do. `owner`: everything. `reviewer`: sees every answer, judges and mends. `annotator`: answers and
 * boxes what is theirs, and nothing of the machine or of other people.
 */
export const Role = z.enum(['owner', 'reviewer', 'annotator'])
export type Role = z.infer<typeof Role>

/** Who asks. A host resolves it, the contract's context carries it, services take it as their first argument. */
export const Actor = z.object({ id: PersonId, name: z.string().min(1).max(200), role: Role })
export type Actor = z.infer<typeof Actor>

/** The person whose machine this is: Electron's window, the terminal, and the first link of a server. */
export const owner: Actor = { id: PersonId.parse('owner'), name: 'Owner', role: 'owner' }

const ranks: Readonly<Record<Role, number>> = { annotator: 0, reviewer: 1, owner: 2 }

/** True for those who may do what this role may. */
export function may(actor: Actor, role: Role): boolean {
  return ranks[actor.role] >= ranks[role]
}

/** The first line of whatever not everybody may do. Throws Failure NOT_ALLOWED. */
export function requireRole(actor: Actor, role: Role): void {
  if (!may(actor, role)) throw new Failure('NOT_ALLOWED', { role: actor.role, needs: role })
}
