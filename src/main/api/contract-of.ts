import { implement } from '@orpc/server'
import { contract } from '@shared/contract'

/** What the implementations of the areas are checked against. */
export const contractOf = implement(contract)
