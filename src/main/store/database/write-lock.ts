import Sqlite from 'better-sqlite3'
import { translated } from './sqlite-failures'

/**
 * The right to write to a project, for one process at a time. The operating system holds the lock and lets go of it when
 * the process dies in whatever way, so no stale lock can keep people out; the empty file itself stays.
 */
export class WriteLock {
  private constructor(private readonly holder: Sqlite.Database) {}

  /** Takes the lock, waiting up to `patienceMs`. Throws Failure DATABASE_BUSY or FOLDER_NOT_WRITABLE. */
  static take(file: string, patienceMs: number): WriteLock {
    return translated(file, () => {
      const holder = new Sqlite(file, { timeout: patienceMs })
      try {
        holder.pragma('journal_mode = memory')
        holder.exec('begin exclusive')
        return new WriteLock(holder)
      } catch (error) {
        holder.close()
        throw error
      }
    })
  }

  release(): void {
    this.holder.close()
  }
}
