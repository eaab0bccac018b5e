import { rmSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { placeWhole, unfinishedEnding } from '@main/files/write-whole'
import { migrations } from '@main/store/migrations'
import { migrate } from './migrate'

/** How many rows of each table could be read. */
export type Recovered = Readonly<Record<string, number>>

/**
 * Reads what can still be read of a damaged project database into a new one at `to`: each table from its beginning and,
 * past the damage, from its end. Rows that refer to something lost are left out.
 * @returns rows by table, or null where nothing could be read
 */
export function recoverDatabase(file: string, to: string, applicationId: number): Recovered | null {
  const beside = `${to}${unfinishedEnding}`
  rmSync(beside, { force: true })
  const whole = new Sqlite(beside)
  try {
    const counts = fill(whole, file, applicationId)
    whole.close()
    if (!counts || !(counts.project ?? 0)) return null
    placeWhole(beside, to)
    return counts
  } catch {
    return null
  } finally {
    whole.close()
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${beside}${ending}`, { force: true })
  }
}

function fill(whole: Sqlite.Database, file: string, applicationId: number): Recovered | null {
  // Opening a pipe would wait for whoever writes to it, and the host with it.
  if (!statSync(file).isFile()) return null
  const damaged = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    const version = Number(damaged.pragma('user_version', { simple: true }))
    if (version < 1 || version > migrations.length) return null
    whole.pragma(`application_id = ${applicationId}`)
    migrate(whole, migrations, version)
    whole.pragma('foreign_keys = OFF')
    const tables = whole
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .pluck()
    const names = tables.all() as string[]
    // In one transaction: row by row to the disk, a large project would take hours.
    return whole.transaction(() => {
      const counts = Object.fromEntries(names.map((name) => [name, copyRows(damaged, whole, name)]))
      dropOrphans(whole)
      return counts
    })()
  } finally {
    damaged.close()
  }
}

/** Rows up to the damage in rising order, then in falling order from the other end; each once. */
function copyRows(from: Sqlite.Database, to: Sqlite.Database, table: string): number {
  to.prepare(`delete from "${table}"`).run()
  const columns = (to.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => `"${name}"`)
  const put = to.prepare(
    `insert or ignore into "${table}" (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  for (const order of ['rowid', 'rowid desc', '1']) {
    try {
      const rows = from
        .prepare(`select ${columns.join(', ')} from "${table}" order by ${order}`)
        .raw()
        .iterate()
      for (const row of rows) put.run(row as unknown[])
      break
    } catch {
      // The damage begins here; the other end may still be readable.
    }
  }
  return Number(to.prepare(`select count(*) from "${table}"`).pluck().get())
}

function dropOrphans(db: Sqlite.Database): void {
  for (;;) {
    const orphans = db.pragma('foreign_key_check') as { table: string; rowid: number | null }[]
    const known = orphans.filter(({ rowid }) => rowid !== null)
    if (known.length === 0) return
    for (const { table, rowid } of known) db.prepare(`delete from "${table}" where rowid = ?`).run(rowid)
  }
}
