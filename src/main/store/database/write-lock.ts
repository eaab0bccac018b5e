import Sqlite from 'better-sqlite3'
import { type LocalApi, removeHolder, writeHolder } from './lock-holder'
import { translated } from './sqlite-failures'

/**
 * The right to write to a project, for one process at a time. The operating system holds the lock and lets go of it when
 * the process dies in whatever way, so no stale lock can keep people out; the empty file itself stays.
 */
export class WriteLock {
  private constructor(
    private readonly file: string,
    private readonly holder: Sqlite.Database,
    private readonly startedAt = Date.now(),
  ) {}

  /** Takes the lock, waiting up to `patienceMs`. Throws Failure DATABASE_BUSY or FOLDER_NOT_WRITABLE. */
  static take(file: string, patienceMs: number): WriteLock {
    return translated(file, () => {
      const holder = new Sqlite(file, { timeout: patienceMs })
      try {
        holder.pragma('journal_mode = memory')
        holder.exec('begin exclusive')
        const lock = new WriteLock(file, holder)
        lock.announce(null)
        return lock
      } catch (error) {
        holder.close()
        throw error
      }
    })
  }

  /** Says where the holder can be asked, in the file beside the lock. */
  announce(api: LocalApi | null): void {
    writeHolder(this.file, { pid: process.pid, startedAt: this.startedAt, api })
  }

  release(): void {
    removeHolder(this.file)
    this.holder.close()
  }
}
