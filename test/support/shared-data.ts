import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../../shared/data')

/** True where the folder of real data lies beside the checkout. Tests that need it are skipped elsewhere. */
export const hasSharedData = existsSync(root)

/** Why a test is skipped, for its name. */
export const whenShared = hasSharedData ? '' : ' (skipped: no ../shared/data beside the checkout)'

/** A file or folder of the real data. */
export function sharedData(...path: string[]): string {
  return resolve(root, ...path)
}
