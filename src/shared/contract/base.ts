import { oc } from '@orpc/contract'
import type { Role } from '@shared/actor'
import { failures } from '@shared/failures'

/** What a procedure says of itself beside its input and output. */
export interface CallMeta {
  /** The least a caller must be. A procedure without one answers nobody. */
  role?: Role
}

/** Every procedure may answer with any failure of the catalogue, typed, and says who may call it. */
const procedure = oc.$meta<CallMeta>({}).errors(failures)

/** What labelling needs: everybody may call it. */
export const forAnnotators = procedure.meta({ role: 'annotator' })
/** What shows the work of others, judges it or mends it. */
export const forReviewers = procedure.meta({ role: 'reviewer' })
/** What reaches the machine, its files, or other people's work as a whole. */
export const forOwners = procedure.meta({ role: 'owner' })
