import { z } from 'zod'
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
