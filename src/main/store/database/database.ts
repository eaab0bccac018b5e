import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Failure } from '@shared/failures'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { copyDatabase } from './backup'
import { journalMode } from './journal-mode'
import { migrate } from './migrate'
import { migrations as allMigrations } from '@main/store/migrations'
import type { Migration } from '@main/store/migrations/migration'
import { type Recovered, recoverDatabase } from './recover'
import * as schema from './schema'
import { translated } from './sqlite-failures'

export type Db = BetterSQLite3Database<typeof schema>

/** An open project.db. */
export interface OpenDatabase {
  db: Db
  /** Below drizzle, for what it has no words for. */
  client: Sqlite.Database
  version: number
  /** Copies all of it, as it is now, to a file that is whole or not there. */
  copyTo(file: string): void
  close(): void
}

export interface OpenOptions {
  /** For the processes that only read: other connections may write meanwhile. */
  readonly?: boolean
  /** How long a statement waits for another process, in ms. */
  patienceMs?: number
  migrations?: readonly Migration[]
}

/** Marks a SQLite file as a project of the studio ("WhyN"). */
const applicationId = 0x5768794e

/**
 * Opens a project database: write-ahead log where the folder can have one, durable commits, foreign keys. An older one is copied into `backups/` and
 * brought up to date. Throws Failure PROJECT_FROM_FUTURE or PROJECT_DAMAGED before anything is written, DATABASE_BUSY
 * or FOLDER_NOT_WRITABLE.
 */
export function openDatabase(file: string, options: OpenOptions = {}): OpenDatabase {
  const { readonly = false, migrations = allMigrations } = options
  return translated(file, () => {
    const version = inspect(file, options)
    const client = connect(file, options)
    try {
      if (!readonly) {
        client.pragma(`journal_mode = ${journalMode(dirname(file))}`)
        client.pragma('synchronous = FULL')
        if (version < migrations.length) backup(client, file, version)
        migrate(client, migrations)
      }
      return opened(client)
    } catch (error) {
      client.close()
      throw error
    }
  })
}

/** Makes a new project database. `file` must not exist yet; throws as `openDatabase`. */
export function createDatabase(file: string, fill: (db: Db) => void, { migrations = allMigrations } = {}): void {
  translated(file, () => {
    const client = new Sqlite(file)
    try {
      client.pragma(`application_id = ${applicationId}`)
      migrate(client, migrations)
      fill(drizzle(client, { schema }))
    } finally {
      client.close()
    }
  })
}

function connect(file: string, { readonly = false, patienceMs = 3000 }: OpenOptions): Sqlite.Database {
  const client = new Sqlite(file, { readonly, fileMustExist: true, timeout: patienceMs })
  client.pragma('foreign_keys = ON')
  return client
}

function opened(client: Sqlite.Database): OpenDatabase {
  return {
    db: drizzle(client, { schema }),
    client,
    version: Number(client.pragma('user_version', { simple: true })),
    copyTo: (file) => copyDatabase(client, file),
    close: () => client.close(),
  }
}

/**
 * Says which version a project file has, and refuses what this studio must not write to. Only reads: a file that is
 * refused stays as it is, byte for byte.
 */
function inspect(file: string, { readonly = false, migrations = allMigrations, patienceMs }: OpenOptions): number {
  refuseForeign(file, migrations.length)
  const client = connect(file, { readonly: true, patienceMs })
  try {
    const version = Number(client.pragma('user_version', { simple: true }))
    if (version > migrations.length)
      throw new Failure('PROJECT_FROM_FUTURE', { path: file, version, supported: migrations.length })
    const found = client.pragma('application_id', { simple: true })
    if (found !== applicationId || version < 1) throw damaged(file, 'it is a database of another program')
    const verdict = readonly ? 'ok' : client.pragma('quick_check(1)', { simple: true })
    if (verdict !== 'ok') throw damaged(file, String(verdict))
    return version
  } finally {
    client.close()
  }
}

/**
 * Looks at the first bytes before SQLite does, which would lay files beside anything. The version stands at byte 60
 * (https://sqlite.org/fileformat2.html); a log that is not merged yet may hold a newer one, so this is only the first look.
 */
function refuseForeign(file: string, supported: number): void {
  if (!existsSync(file)) throw new Failure('PROJECT_NOT_FOUND', { path: dirname(file) })
  const head = Buffer.alloc(100)
  // Opening a named pipe would wait for good.
  if (!statSync(file).isFile()) throw damaged(file, 'it is not a plain file')
  const handle = openSync(file, 'r')
  const length = readSync(handle, head, 0, 100, 0)
  closeSync(handle)
  if (length === 0) throw damaged(file, 'it is empty')
  if (head.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw damaged(file, 'it is not a SQLite file')
  const version = head.readUInt32BE(60)
  if (version > supported) throw new Failure('PROJECT_FROM_FUTURE', { path: file, version, supported })
}

function damaged(path: string, reason: string): Failure {
  return new Failure('PROJECT_DAMAGED', { path, reason })
}

/** Says whether a file is a whole project database that this studio can open. Throws as `openDatabase`; only reads. */
export function inspectDatabase(file: string): void {
  translated(file, () => inspect(file, {}))
}

/** What can be read of a damaged project, as a new database; see `recoverDatabase`. */
export function recoverProject(file: string, to: string): Recovered | null {
  return recoverDatabase(file, to, applicationId)
}

/** Copies the whole database, with what its log still holds, to backups/<name>-v<version>-<time>.db. */
function backup(client: Sqlite.Database, file: string, version: number): void {
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder, { recursive: true })
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const copy = join(folder, `${basename(file, '.db')}-v${version}-${stamp}.db`)
  copyDatabase(client, copy)
}
