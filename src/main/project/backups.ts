import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from '@shared/contract/project'
import { Failure } from '@shared/failures'
import { diskWords, placeWhole, syncFolder, unfinishedEnding } from '@main/files/write-whole'
import { inspectDatabase, recoverProject } from '@main/store/database/database'
import { translated } from '@main/store/database/sqlite-failures'
import { WriteLock } from '@main/store/database/write-lock'
import type { ProjectPaths } from './project-paths'

/** How many of each reason are kept, the newest. */
const kept: Readonly<Record<Backup['reason'], number>> = { day: 7, migration: 5, restore: 3, recovered: 3 }

/** Either holds everything of before today. */
const ofDay: ReadonlySet<Backup['reason']> = new Set(['day', 'migration'])

const reasons = {
  /** First opening of a day. */
  day: /-day-/,
  /** Before a newer version of the studio changed it. */
  migration: /-v\d+-/,
  /** As it was before another backup took its place. */
  restore: /-before-restore-/,
  /** What could be read of a damaged one. */
  recovered: /-recovered-/,
} as const

/** The backups folder of a project: whole databases, each readable by itself. */
export class Backups {
  constructor(private readonly paths: ProjectPaths) {}

  /** Newest first. */
  list(): Backup[] {
    if (!existsSync(this.paths.backups)) return []
    const files = readdirSync(this.paths.backups).filter((name) => name.endsWith('.db'))
    return files
      .flatMap((file) => {
        const reason = reasonOf(file)
        const found = statSync(join(this.paths.backups, file), { throwIfNoEntry: false })
        return reason && found ? [{ file, reason, at: found.mtimeMs, bytes: found.size }] : []
      })
      .sort((a, b) => b.at - a.at)
  }

  /** Where a new one of this reason goes; the folder is made. */
  path(reason: Exclude<Backup['reason'], 'migration'>, now = new Date()): string {
    mkdirSync(this.paths.backups, { recursive: true })
    const name = { day: 'day', restore: 'before-restore', recovered: 'recovered' }[reason]
    return join(this.paths.backups, `project-${name}-${now.toISOString().replace(/[:.]/g, '-')}.db`)
  }

  /** Whether one was made on this day already. */
  hasOfDay(now = new Date()): boolean {
    return this.list().some(({ reason, at }) => ofDay.has(reason) && new Date(at).toDateString() === now.toDateString())
  }

  /** Removes the oldest beyond what is kept of each reason, and what was left half made. */
  rotate(): void {
    for (const reason of Object.keys(reasons) as Backup['reason'][])
      for (const { file } of this.list()
        .filter((one) => one.reason === reason)
        .slice(kept[reason]))
        rmSync(join(this.paths.backups, file), { force: true })
    for (const name of existsSync(this.paths.backups) ? readdirSync(this.paths.backups) : [])
      if (name.includes(unfinishedEnding)) rmSync(join(this.paths.backups, name), { force: true })
  }

  /** Saves what can be read of a damaged database, once for this state of it. Null where nothing can. */
  recover(): string | null {
    const { database } = this.paths
    const changed = statSync(database, { throwIfNoEntry: false })?.mtimeMs ?? 0
    const there = this.list().find(({ reason, at }) => reason === 'recovered' && at >= changed)
    if (there) return there.file
    const to = this.path('recovered')
    return recoverProject(database, to) ? (this.list()[0]?.file ?? null) : null
  }

  /**
   * Puts a backup in the place of project.db. What stood there is kept as a backup: as it was, damaged or not.
   * Throws Failure NOT_FOUND, PROJECT_DAMAGED, PROJECT_FROM_FUTURE, DATABASE_BUSY, DISK_FULL.
   */
  restore(file: string): void {
    const { database, lock, backups } = this.paths
    const from = this.list().find((one) => one.file === file)
    if (!from) throw new Failure('NOT_FOUND', { kind: 'backup', id: file })
    inspectDatabase(join(backups, file))
    const held = WriteLock.take(lock, 1000)
    try {
      const beside = `${database}${unfinishedEnding}`
      diskWords(database, () => translated(database, () => copyFileSync(join(backups, file), beside)))
      this.keepAsItIs()
      placeWhole(beside, database)
    } finally {
      held.release()
    }
    this.rotate()
  }

  /** The database and its log side by side under another name, byte for byte. */
  private keepAsItIs(): void {
    const { database, backups } = this.paths
    const to = this.path('restore')
    if (existsSync(database)) copyFileSync(database, to)
    for (const ending of ['-wal', '-shm', '-journal']) {
      if (!existsSync(`${database}${ending}`)) continue
      // The log goes out of the way: it belongs to what is kept, and would be merged into what takes its place.
      renameSync(`${database}${ending}`, `${to}${ending}`)
    }
    syncFolder(backups)
  }
}

function reasonOf(file: string): Backup['reason'] | null {
  return (Object.keys(reasons) as Backup['reason'][]).find((reason) => reasons[reason].test(file)) ?? null
}
