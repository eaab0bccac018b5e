import { rmSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { placeWhole, unfinishedEnding } from '@main/files/write-whole'

/** Copies a whole database, with what its log still holds, to a file that appears under its name only when it is whole. */
export function copyDatabase(client: Sqlite.Database, to: string): void {
  const beside = `${to}${unfinishedEnding}`
  rmSync(beside, { force: true })
  try {
    client.prepare('vacuum into ?').run(beside)
    placeWhole(beside, to)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
