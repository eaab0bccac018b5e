import { randomBytes } from 'node:crypto'
import type { z } from 'zod'

/**
 * A new id of the given brand: 11 signs of time in milliseconds and thousandths of one, so that ids sort by age also where
 * several things are made in one millisecond, and 9 of chance.
 */
export function newId<Id extends z.ZodType<string>>(brand: Id): z.infer<Id> {
  // One clock for both: it never goes back while the process runs.
  const now = performance.timeOrigin + performance.now()
  const whole = Math.floor(now)
  const time = signs(BigInt(whole), 9) + signs(BigInt(Math.floor((now - whole) * 1000)), 2)
  return brand.parse(time + signs(BigInt(`0x${randomBytes(6).toString('hex')}`) % 36n ** 9n, 9))
}

function signs(value: bigint, length: number): string {
  return value.toString(36).padStart(length, '0')
}
