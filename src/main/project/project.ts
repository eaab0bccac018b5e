import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ProjectInfo } from '@shared/contract/project'
import { Failure } from '@shared/failures'
import type { VideoId } from '@shared/ids'
import { type OpenDatabase, createDatabase, openDatabase } from '@main/store/database/database'
import { History } from '@main/store/history/history'
import { migrations } from '@main/store/migrations'
import type { Migration } from '@main/store/migrations/migration'
import { type Repositories, repositoriesOn } from '@main/store/repositories'
import { ProjectRepository } from '@main/store/repositories/project-repository'
import { translated, translatedError } from '@main/store/database/sqlite-failures'
import type { LocalApi } from '@main/store/database/lock-holder'
import { WriteLock } from '@main/store/database/write-lock'
import { editKinds } from '@main/edits/index'
import { placeWhole } from '@main/files/write-whole'
import { makeFolder } from '@main/files/make-folder'
import { Backups } from './backups'
import { CommitQueue } from './commit-queue'
import { ProjectPaths } from './project-paths'

export interface OpenProjectOptions {
  /** False where it was made a moment ago. */
  dailyBackup?: boolean
  /** For processes that only read while another one writes. */
  readonly?: boolean
  /** How long to wait for whoever writes to the project now, in ms. */
  patienceMs?: number
  migrations?: readonly Migration[]
}

/** Longer than a commit of somebody else takes, shorter than anybody notices. */
const brieflyMs = 50

/** An open project folder. One process writes to it at a time; others may read. */
export class Project {
  readonly repositories: Repositories
  readonly history: History
  /** Why there is no backup of today, where there should be one. */
  backupProblem: unknown = null
  private readonly commits = new CommitQueue((action) => this.briefly(() => this.transaction(action)))
  private readonly opened: string

  constructor(
    readonly paths: ProjectPaths,
    private readonly database: OpenDatabase,
    private readonly lock: WriteLock | null,
  ) {
    this.repositories = repositoriesOn(database.db)
    this.opened = identity(paths.database)
    this.history = new History(this.repositories, (action) => this.transaction(action), editKinds)
  }

  get folder(): string {
    return this.paths.folder
  }

  /** Whether it has been through every step of the schema; one that is only read may be older. */
  get isCurrent(): boolean {
    return this.database.version === migrations.length
  }

  info(): ProjectInfo {
    const { project, videos, classes, attributes } = this.repositories
    return {
      id: project.uid(),
      path: this.folder,
      name: project.name(),
      schemaVersion: this.database.version,
      videos: videos.count(),
      classes: classes.count(),
      attributes: attributes.count(),
      problems: videos.problemCount(),
    }
  }

  /** Whether the file that was opened is still under its name: what is written to another one is lost. */
  get isInPlace(): boolean {
    return identity(this.paths.database) === this.opened
  }

  /**
   * All of an action, or nothing of it; on disk when it returns.
   * Throws DATABASE_BUSY, FOLDER_NOT_WRITABLE, PROJECT_DAMAGED, or PROJECT_GONE where it would go into no file.
   */
  transaction<T>(action: () => T): T {
    const { client } = this.database
    if (!client.inTransaction && !this.isInPlace) throw new Failure('PROJECT_GONE', { path: this.folder })
    return translated(this.paths.database, () => client.transaction(action).immediate())
  }

  /**
   * The same in one commit with what others write at the same time; resolves when it is on disk. While another program
   * holds the file it waits, and reads go on. Rejects as `transaction` throws.
   */
  write<T>(action: () => T): Promise<T> {
    return this.commits.write(() => this.transaction(action))
  }

  /** Waits hardly at all for whoever else writes now: for what is tried again anyway. Throws as `transaction`. */
  briefly<T>(action: () => T): T {
    const { client } = this.database
    const usual = Number(client.pragma('busy_timeout', { simple: true }))
    client.pragma(`busy_timeout = ${Math.min(usual, brieflyMs)}`)
    try {
      return translated(this.paths.database, action)
    } finally {
      client.pragma(`busy_timeout = ${usual}`)
    }
  }

  /** Says where other programs of the same user can ask whoever holds the project. */
  announce(api: LocalApi | null): void {
    this.lock?.announce(api)
  }

  /** Makes the backup of the day where there is none; a full disk is no reason not to open. */
  backUpDaily(now = new Date()): void {
    const backups = new Backups(this.paths)
    try {
      if (!backups.hasOfDay(now)) this.database.copyTo(backups.path('day', now))
      backups.rotate()
    } catch (error) {
      this.backupProblem = error
    }
  }

  /**
   * Writes the database as it is now to a file of its own, with other paths for some videos.
   * @param paths as stored, by video
   */
  copyTo(file: string, paths: ReadonlyMap<VideoId, string>): void {
    translated(file, () => this.database.copyTo(file))
    const copy = openDatabase(file)
    try {
      const { videos } = repositoriesOn(copy.db)
      for (const [id, path] of paths) videos.set([id], { path, moved: false })
      copy.client.pragma('journal_mode = DELETE')
    } finally {
      copy.close()
    }
  }

  /**
   * Writes a project whose file is gone into an empty folder: what was said in it, out of the open database, and what there
   * still is of films, runs and made videos. Nothing is left behind when it fails.
   * Rejects with Failure PROJECT_EXISTS, FOLDER_NOT_WRITABLE, DISK_FULL, or BAD_SETTING where it is in its place: others may
   * write to it meanwhile.
   */
  async saveTo(folder: string): Promise<void> {
    if (this.isInPlace)
      throw new Failure('BAD_SETTING', {
        setting: 'path',
        reason: 'the project is where it was opened, and edits are saved there; to have another one, copy its folder',
      })
    const to = new ProjectPaths(folder)
    const beginning = `${to.database}.new`
    const isNew = !existsSync(to.folder)
    try {
      translated(to.database, () => beginFolder(to))
      translated(to.database, () => this.database.copyTo(beginning))
      for (const part of ['media', 'runs', 'sources', 'exports'] as const)
        if (existsSync(this.paths[part])) await cp(this.paths[part], to[part], { recursive: true })
      placeWhole(beginning, to.database)
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'PROJECT_EXISTS')) undoCreation(to, beginning, isNew)
      throw translatedError(to.database, error)
    }
  }

  close(): void {
    this.database.close()
    this.lock?.release()
  }
}

/**
 * Makes a project in a folder that is empty or not there yet. Nothing is left behind when it fails.
 * @param name shown to people; the folder's name when left out
 * Throws Failure PROJECT_EXISTS or FOLDER_NOT_WRITABLE.
 */
export function createProject(folder: string, name?: string): Project {
  const paths = new ProjectPaths(folder)
  const beginning = `${paths.database}.new`
  const isNew = !existsSync(paths.folder)
  try {
    translated(paths.database, () => {
      beginFolder(paths)
      createDatabase(beginning, (db) =>
        new ProjectRepository(db).create(name?.trim() || basename(paths.folder), Date.now()),
      )
      // Under its name only once it is whole.
      placeWhole(beginning, paths.database)
    })
    return openProject(folder, { dailyBackup: false })
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'PROJECT_EXISTS')) undoCreation(paths, beginning, isNew)
    throw error
  }
}

/**
 * Opens a project folder, for writing unless said otherwise.
 * Throws Failure PROJECT_NOT_FOUND, PROJECT_FROM_FUTURE, PROJECT_DAMAGED, DATABASE_BUSY or FOLDER_NOT_WRITABLE.
 */
export function openProject(folder: string, options: OpenProjectOptions = {}): Project {
  const { readonly = false, patienceMs = 3000, migrations: steps } = options
  const paths = new ProjectPaths(folder)
  if (!existsSync(paths.database)) throw new Failure('PROJECT_NOT_FOUND', { path: paths.folder })
  const lock = readonly ? null : WriteLock.take(paths.lock, patienceMs)
  try {
    const project = new Project(paths, openDatabase(paths.database, { readonly, patienceMs, migrations: steps }), lock)
    if (!readonly && options.dailyBackup !== false) project.backUpDaily()
    return project
  } catch (error) {
    lock?.release()
    throw readonly ? error : withRecovered(paths, error)
  }
}

/** A damaged project: what can be read of it is saved among the backups, and the failure names the file. */
function withRecovered(paths: ProjectPaths, error: unknown): unknown {
  if (!(error instanceof Failure) || error.code !== 'PROJECT_DAMAGED') return error
  const { path, reason } = error.data as { path: string; reason: string }
  const recovered = new Backups(paths).recover()
  return new Failure('PROJECT_DAMAGED', { path, reason, recovered }, { cause: error })
}

/** Which file lies at a path: SQLite goes on writing into one that was deleted or put aside. */
function identity(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : 'none'
}

/** Makes the folders of a project in one that is empty or not there. Throws Failure PROJECT_EXISTS. */
function beginFolder(paths: ProjectPaths): void {
  makeFolder(paths.folder)
  if (holdsFiles(paths.folder)) throw new Failure('PROJECT_EXISTS', { path: paths.folder })
  for (const part of [paths.media, paths.runs, paths.exports, paths.backups]) mkdirSync(part)
}

/** Hidden files, such as those a file manager lays down, do not count. */
function holdsFiles(folder: string): boolean {
  return readdirSync(folder).some((name) => !name.startsWith('.'))
}

function undoCreation(paths: ProjectPaths, beginning: string, isNew: boolean): void {
  if (isNew) return rmSync(paths.folder, { recursive: true, force: true })
  for (const part of [beginning, paths.database, paths.lock, `${paths.lock}.json`]) rmSync(part, { force: true })
  for (const part of [paths.media, paths.runs, paths.exports, paths.backups])
    rmSync(part, { recursive: true, force: true })
}
