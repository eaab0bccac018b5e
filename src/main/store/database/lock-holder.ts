import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Where whoever holds a project can be asked, by other programs of the same user. */
export const LocalApi = z.object({
  /** Of the contract over a WebSocket, on this machine's loopback address. */
  url: z.string(),
  /** Sent as a bearer token. */
  token: z.string(),
})
export type LocalApi = z.infer<typeof LocalApi>

/** Who writes to a project now. */
const LockHolder = z.object({
  pid: z.int(),
  /** ms since 1970. */
  startedAt: z.number(),
  /** Null where the holder answers nobody. */
  api: LocalApi.nullable(),
})
export type LockHolder = z.infer<typeof LockHolder>

/**
 * Beside the lock stands who holds it, readable by the same user alone. The lock itself decides; these are words about it,
 * so that a folder in which they cannot be written is no reason to refuse a project.
 */
export function writeHolder(lock: string, holder: LockHolder): void {
  const beside = `${fileOf(lock)}.${process.pid}`
  try {
    writeFileSync(beside, JSON.stringify(holder), { mode: 0o600 })
    renameSync(beside, fileOf(lock))
  } catch {
    rmSync(beside, { force: true })
  }
}

/** Who holds the lock, as far as is known; null where nobody said so, or whoever said so is gone. */
export function readHolder(lock: string): LockHolder | null {
  try {
    const holder = LockHolder.parse(JSON.parse(readFileSync(fileOf(lock), 'utf8')))
    return isAlive(holder.pid) ? holder : null
  } catch {
    return null
  }
}

export function removeHolder(lock: string): void {
  try {
    rmSync(fileOf(lock), { force: true })
  } catch {
    // A folder that became read-only: whoever reads the file finds that its process is gone.
  }
}

function fileOf(lock: string): string {
  return `${lock}.json`
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
