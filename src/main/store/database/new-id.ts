import { randomBytes } from 'node:crypto'
import type { z } from 'zod'

/** A new id of the given brand: 9 signs of time, so that ids sort by age, and 11 of chance. */
export function newId<Id extends z.ZodType<string>>(brand: Id): z.infer<Id> {
  const chance = BigInt(`0x${randomBytes(7).toString('hex')}`)
    .toString(36)
    .padStart(11, '0')
  return brand.parse(Date.now().toString(36).padStart(9, '0') + chance)
}
