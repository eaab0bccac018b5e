import { oc } from '@orpc/contract'
import { failures } from '@shared/failures'

/** Every procedure may answer with any failure of the catalogue, typed. */
export const procedure = oc.errors(failures)
