import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'

const fixtures = resolve(import.meta.dirname, '../fixtures')

/** Lays down a project of the third version (test/fixtures/project-v3.md) in a new folder inside `home`. */
export function oldProject(home: string): string {
  const folder = join(home, 'old')
  mkdirSync(folder)
  writeFileSync(join(folder, 'project.db'), gunzipSync(readFileSync(join(fixtures, 'project-v3.db.gz'))))
  return folder
}

/** What a database file holds, read without the studio. */
export function rawRows(file: string, query: string): Record<string, unknown>[] {
  const db = new Sqlite(file, { readonly: true })
  try {
    return db.prepare(query).all() as Record<string, unknown>[]
  } finally {
    db.close()
  }
}
