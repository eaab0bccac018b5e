import { createRequire } from 'node:module'

/**
 * tfjs-node calls two functions that Node 23 took out of `util`. Gives them back in this process; to be called before
 * the package is loaded.
 */
export function restoreUtilFunctions(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  util.isArray ??= Array.isArray
}
